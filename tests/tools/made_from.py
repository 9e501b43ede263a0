"""What the made layers in data/places were made from, so that a table edited later is noticed.

`made-from.json` keeps for each made file the digest of its inputs. Prose columns of the tables do not
count: rewording a reason changes no layer.
"""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

PROSE = {"reason", "source", "note", "name", "since", "until", "treaty"}
INPUTS = {
    "land.parquet": ("corrections.csv", "claims.csv", "claims.geojson", "islets.csv"),
    "sea-borders.parquet": ("land.parquet", "lakes.parquet", "limits.toml", "joint-zones.csv", "joint-zones.geojson"),
}


def digest(path: Path) -> str:
    """SHA-256 of a file; of a table without its prose."""
    content = path.read_bytes()
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            rows = [{key: cell for key, cell in row.items() if key not in PROSE} for row in csv.DictReader(stream)]
        content = json.dumps(rows, sort_keys=True).encode()
    return hashlib.sha256(content).hexdigest()


def inputs_of(places: Path, made: str) -> dict[str, str]:
    """Digests of the files in the folder a made file follows from."""
    return {name: digest(places / name) for name in INPUTS[made]}


def note_inputs(places: Path, made: str) -> None:
    """Write down what a made file has just been made from."""
    ledger = places / "made-from.json"
    notes = json.loads(ledger.read_text(encoding="utf-8")) if ledger.exists() else {}
    notes[made] = inputs_of(places, made)
    ledger.write_text(json.dumps(notes, indent=1, sort_keys=True) + "\n", encoding="utf-8")
