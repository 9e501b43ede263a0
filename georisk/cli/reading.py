"""``georisk news read`` and ``georisk news extract``: files to articles, articles to events. Nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from georisk.cli.formats import Format
from georisk.cli.options import FormatOption, WorkspaceOption, opened, root_of
from georisk.cli.show import show, tell

if TYPE_CHECKING:
    from georisk.news.articles import Article, Read
    from georisk.news.extracting.knowledge import Knowledge
    from georisk.news.extracting.rules import Extracted

ARTICLE = ("id", "published", "publisher", "language", "kind", "group", "title")
ARTICLE_DETAILS = (
    "id", "file", "kind", "title", "title_start", "title_end", "url", "published", "published_precision", "publisher",
    "source_cited", "state_linked_source", "language", "body_start", "body_end", "offsets", "group",
)  # fmt: skip
EVENT = (
    "article", "event_type", "project", "entity", "amount", "currency", "share_pct", "event_date", "modality",
    "confidence", "evidence",
)  # fmt: skip
CANDIDATE = ("name", "kind", "articles")
KEY = "GEORISK_LLM_KEY"


class Extractor(StrEnum):
    """Who proposes events."""

    rules = "rules"
    llm = "llm"


Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...", help="RSS, Atom, web pages, text, Markdown, e-mail (.eml), PDF.", show_default=False
    ),
]


def read(files: Files, how: FormatOption = Format.table, workspace: WorkspaceOption = None) -> None:
    """Turn feeds, pages and texts into articles.

    Told are title, address, publisher, time of publication, the source an article cites, its language, where its
    text stands in the file, and which articles are copies of one release (group). What of a file cannot be read
    is named on stderr.
    """
    found = _read(files, root_of(workspace))
    show([_flat(one.row(), how) for one in found.articles], ARTICLE if how is Format.table else ARTICLE_DETAILS, how)
    tell(f"{len(found.articles)} articles in {len(files)} files")


def extract(
    files: Files,
    extractor: Annotated[
        Extractor, typer.Option("--extractor", help="Who proposes events: the rules (offline), or a language model.")
    ] = Extractor.rules,
    endpoint: Annotated[
        str | None,
        typer.Option(
            "--endpoint", metavar="URL", help="OpenAI-compatible endpoint, for --extractor llm.", show_default=False
        ),
    ] = None,
    model: Annotated[str, typer.Option("--model", help="Name of the model, for --extractor llm.")] = "default",
    key: Annotated[
        str | None, typer.Option("--key", envvar=KEY, help="Bearer token for the endpoint.", show_default=False)
    ] = None,
    candidates: Annotated[
        bool, typer.Option("--candidates", help="List names the registry does not know instead of events.")
    ] = False,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Find dated events in articles, each with the passage that reports it.

    An event has a type, a modality, figures, dates, what it does to the three risks and why, ties to the
    registry, and a confidence. Whoever proposes it, it is refused if its figures, names or dates do not stand in
    its passage (or in another place of the article that it cites), or its passage not in the file. Only
    --extractor llm uses the network: it sends the articles to the endpoint. Exit 1 if the model gave no answer that
    can be used on some article, 2 if it cannot be reached.
    """
    from georisk.errors import UsageError
    from georisk.news.events import COLUMNS
    from georisk.news.extracting.knowledge import read_knowledge

    if (extractor is Extractor.llm) != (endpoint is not None):
        raise UsageError("--extractor llm and --endpoint URL go together")
    desk = opened(workspace)
    knowledge = read_knowledge(desk.seeds, _tables(desk.data))
    found = _read(files, root_of(workspace))
    unknown = _candidates(found.articles, knowledge)
    if candidates:
        show([_flat(one, how) for one in unknown], CANDIDATE, how)
        return
    events = _extracted(found, knowledge, _tables(desk.data), endpoint, model, key)
    show([_flat(one.row(), how) for one in events.events], EVENT if how is Format.table else COLUMNS, how)
    for trouble in events.troubles:
        tell(f"not extracted: {trouble}")
    for refusal in events.refused:
        tell(f"refused: {refusal.event.article}, {refusal.event.event_type}: {refusal.why}")
    tell(f"{len(events.events)} events in {len(found.articles)} articles, {len(events.refused)} refused")
    tell(f"{len(unknown)} names the registry does not know" + (" (--candidates lists them)" if unknown else ""))
    if events.troubles:
        raise typer.Exit(1)


def _tables(data: Path) -> Path:
    """Return the tables to go by: the workspace's own, else the bundled ones."""
    from georisk.files import bundled_root

    return data / "news" if (data / "news").is_dir() else bundled_root() / "data" / "news"


def _read(files: Sequence[Path], root: Path) -> Read:
    from georisk.news.reading.files import read_files
    from georisk.news.tables import reading_tables
    from georisk.workspace import data_folder

    found = read_files(files, reading_tables(_tables(data_folder(root))))
    for trouble in found.troubles:
        tell(f"not read: {trouble}")
    return found


def _extracted(
    found: Read, knowledge: Knowledge, tables: Path, url: str | None, model: str, key: str | None
) -> Extracted:
    from georisk.news.extracting.endpoint import Endpoint
    from georisk.news.extracting.llm import extract_with_model
    from georisk.news.extracting.rules import extract as by_rules

    if url is None:
        return by_rules(found, knowledge)
    limits = knowledge.lexicon.reading.limits
    asked = Endpoint(url, model, key, limits.endpoint_timeout_s, limits.largest_answer_bytes)
    return extract_with_model(found, knowledge, asked, tables)


def _candidates(articles: Iterable[Article], knowledge: Knowledge) -> list[dict[str, Any]]:
    from georisk.news.extracting.rules import candidates_of

    found: dict[tuple[str, str], list[str]] = {}
    for article, name, kind in candidates_of(articles, knowledge):
        found.setdefault((name, kind), []).append(article)
    rows = [{"name": name, "kind": kind, "articles": listed} for (name, kind), listed in found.items()]
    return sorted(rows, key=lambda row: (-len(row["articles"]), row["name"]))


def _flat(row: dict[str, Any], how: Format) -> dict[str, Any]:
    """Write nested values as JSON where a form has cells."""
    if how in (Format.json, Format.jsonl):
        return row
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
        for name, value in row.items()
    }
