"""How commands print: a table for people, or one of three shapes for scripts."""

from enum import StrEnum


class Format(StrEnum):
    """How a command prints its data."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
