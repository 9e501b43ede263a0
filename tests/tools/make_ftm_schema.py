"""Make ``tests/interchange/ftm-schema.json`` from the followthemoney library, or validate an export by the library.

    python tests/tools/make_ftm_schema.py                  write the schema
    python tests/tools/make_ftm_schema.py EXPORT.jsonl     validate by the library itself, exit 1 on any fault

Needs the extra ``ftm`` (``pip install '.[ftm]'``), which builds PyICU: a C++ compiler and the ICU headers. That is why
the tests do not import the library and read its schema from the file instead.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

USED = ("Company", "Person", "Organization", "PublicBody", "Ownership", "Sanction", "Asset", "Document")
TARGET = Path(__file__).resolve().parents[1] / "interchange" / "ftm-schema.json"
CODED = ("country", "topic", "language")
DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
ID = r"^[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?$"
ADDRESS = r"^https?://[^\s]+$"


def text_schema(prop: Any) -> dict[str, Any]:
    """Return what a value of a property may be."""
    kind = prop.type.name
    if kind in CODED:
        return {"$ref": f"#/$defs/{kind}"}
    patterns = {"date": DATE, "entity": ID, "url": ADDRESS}
    return {"type": "string", "minLength": 1} | ({"pattern": patterns[kind]} if kind in patterns else {})


def made() -> dict[str, Any]:
    """Return a JSON Schema: one definition a schema, with the range of properties that name entities."""
    from followthemoney import model
    from followthemoney.types import registry

    schemata = {}
    for name in USED:
        schema = model.get(name)
        used = {key: prop for key, prop in sorted(schema.properties.items()) if not prop.stub}
        schemata[name] = {
            "is_a": sorted(one.name for one in schema.schemata),
            "ranges": {key: prop.range.name for key, prop in used.items() if prop.range is not None},
            "schema": {
                "type": "object", "additionalProperties": False, "required": ["id", "schema", "properties"],
                "properties": {
                    "id": {"type": "string", "pattern": ID}, "schema": {"const": name},
                    "properties": {
                        "type": "object", "additionalProperties": False, "required": sorted(schema.required),
                        "properties": {key: {"type": "array", "minItems": 1, "items": text_schema(prop)}
                                       for key, prop in used.items()},
                    },
                },
            },
        }  # fmt: skip
    codes = {kind: {"enum": sorted(registry.get(kind).names)} for kind in CODED}
    return {"$defs": codes, "made_from": f"followthemoney {version('followthemoney')} (MIT)", "schemata": schemata}


def faults(path: Path) -> list[str]:
    """Return what the library finds wrong in an export."""
    from followthemoney import model

    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    schemata = {row["id"]: model.get(row["schema"]) for row in rows}
    found = []
    for row in rows:
        try:
            schemata[row["id"]].validate(row)
        except Exception as error:  # whatever the library says of a row is shown
            found.append(f"{row['id']}: {getattr(error, 'errors', error)}")
        for key, values in row["properties"].items():
            prop = schemata[row["id"]].get(key)
            for value in values if prop.range is not None else ():
                if value not in schemata or not schemata[value].is_a(prop.range):
                    found.append(f"{row['id']}: {key} {value} is no {prop.range.name}")
    return found


if __name__ == "__main__":
    if len(sys.argv) > 1:
        wrong = faults(Path(sys.argv[1]))
        print("\n".join(wrong) or "no faults")
        sys.exit(bool(wrong))
    TARGET.write_text(json.dumps(made(), sort_keys=True, separators=(",", ":")) + "\n", encoding="utf-8")
