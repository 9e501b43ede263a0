"""A workspace told in a few calls, for tests: invented sites, parties, stakes and sources.

::

    made = workspace(tmp_path)
    made.site("hill", country="TZA", at=(32.8, -7.7), holder="hill-co")
    made.party("dragon", incorporation="CHN")
    made.stake("hill-co", owner="dragon", percent=60, since="2020-01-01")
    made.assess().sites["hill"].dimensions["china"].score

Everything is published by an invented official source, the ledger, in June 2026 unless another is named. The
workspace has no ``data/`` of its own, so the repository's method, vocabulary and series are read.
"""

from __future__ import annotations

import itertools
import json
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

from georisk.assessment import Assessment
from georisk.evidence import Evidence
from georisk.files import bundled_root
from georisk.method import Indicator
from georisk.ownership.graph import OwnershipGraph
from georisk.ownership.stakes import Ageing, ownership_graph
from georisk.records import StatementRecord
from georisk.snapshot import Snapshot
from georisk.workspace import Workspace, open_workspace

DAY = "2026-11-21"
FOLDERS = {"party": "parties", "place": "places", "programme": "programmes"}


class Made:
    """A workspace in the making; files are written when it is opened."""

    day = DAY

    def __init__(self, root: Path) -> None:
        self.root = Path(root)
        self._files: dict[tuple[str, str], dict[str, Any]] = {}
        self._shapes: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._numbers = itertools.count(1)
        self._file("programme", "library", "Library of sources")
        self.source("ledger")

    # What there is

    def source(self, key: str, grade: str = "A", published: str | None = "2026-06-01", **more: Any) -> str:
        """Add a source; its origin is its publisher, which is named after it."""
        record = {"title": f"{key} report", "publisher": f"{key} press", "grade": grade, "published": published}
        self._files["programme", "library"]["sources"][key] = record | more
        return key

    def site(
        self,
        name: str,
        *,
        kind: str = "mine",
        country: str | None = None,
        at: tuple[float, float] | None = None,
        holder: str | None = None,
        parts: tuple[str, ...] = (),
        **more: Any,
    ) -> None:
        """Add a site: with a point (longitude first) if ``at`` is given, else with its country alone."""
        file = self._file("site", name, more.pop("title", name.title()), kind=kind, **more)
        if holder is not None:
            self.party(holder)
            file["title_holder"] = holder
        file["part"] = [{"id": part, "name": part.title()} for part in parts]
        if at is not None:
            self.shape(name, {"type": "Point", "coordinates": list(at)}, country=country)
        elif country is not None:
            self.say(name, "admin-unit", "a district", country=country)

    def hold(self, part: str, holder: str) -> None:
        """Give a part of a site a title holder of its own."""
        site, _, name = part.partition("/")
        self.party(holder)
        next(one for one in self._files["site", site]["part"] if one["id"] == name)["title_holder"] = holder

    def shape(self, subject: str, geometry: Any, country: str | None, **more: Any) -> None:
        """Add a feature to a site's ``shape.geojson``; a part is named ``site/part``."""
        site, _, part = subject.partition("/")
        properties = {"key": f"location-{next(self._numbers)}", "country": country, "precision_km": 5,
                      "geometry_basis": "gazetteer", "stands_for": "the pit", "sources": ["ledger"]}  # fmt: skip
        properties |= more | ({"part": part} if part else {})
        self._shapes[site].append({"type": "Feature", "geometry": geometry, "properties": properties})

    def party(
        self, name: str, *, kind: str | None = None, incorporation: str | None = None, listed: bool = False, **more: Any
    ) -> None:
        """Add a party; saying it again adds what is new."""
        given = more.pop("title", None)
        if given is not None:
            more["name"] = given
        file = self._file("party", name, name.replace("-", " ").title(), **more)
        file["kind"] = kind or file.get("kind", "company")
        if incorporation is not None:
            states = file["kind"] in ("state", "agency", "person")
            self.say(name, "nationality" if states else "incorporation", incorporation)
        if listed:
            self.say(name, "listing", "INV: " + name.upper())

    def stake(self, owned: str, *, owner: str, percent: float | list[float] | None = None, **more: Any) -> str:
        """Say that ``owner`` holds a part of ``owned``; no per cent: nobody published it."""
        if ("party", owner) not in self._files:
            self.party(owner)
        if owned.split("/")[0] not in self.sites and ("party", owned) not in self._files:
            self.party(owned)
        value = {"unknown": "not-found"} if percent is None else {"value": percent, "unit": "percent"}
        return self.say(owned, "stake", owner=owner, **value, **more)

    def say(self, subject: str, name: str, value: Any = None, **more: Any) -> str:
        """Make a statement and return its key; what is no field of a statement is a qualifier."""
        site, _, part = subject.partition("/")
        key = more.pop("key", f"{name}-{next(self._numbers)}")
        renamed = {"since": "valid_from", "until": "valid_until"}
        record: dict[str, Any] = {"key": key, "property": name, "sources": ["ledger"]}
        record |= {"value": value} if value is not None else {}
        record |= {"part": part} if part else {}
        qualifiers: dict[str, Any] = {}
        for field, given in more.items():
            home = record if renamed.get(field, field) in StatementRecord.model_fields else qualifiers
            home[renamed.get(field, field)] = list(given) if isinstance(given, tuple) else given
        if qualifiers:
            record["qualifiers"] = record.get("qualifiers", {}) | qualifiers
        self._of(site)["statement"].append(record)
        return f"{site}:{key}"

    def close(self, subject: str, *keys: str, until: str, **more: Any) -> str:
        """Close statements by their keys."""
        key = more.pop("key", f"closure-{next(self._numbers)}")
        record = {"key": key, "closes": list(keys), "valid_until": until, "sources": ["ledger"]} | more
        self._of(subject)["closure"].append(record)
        return f"{subject}:{key}"

    def place(self, code: str, title: str) -> None:
        """Add a country file."""
        self._file("place", code.lower(), title)["id"] = code

    @property
    def sites(self) -> list[str]:
        return [name for kind, name in self._files if kind == "site"]

    def _file(self, folder: str, ident: str, title: str, /, **more: Any) -> dict[str, Any]:
        blank = {"id": ident, "name": title, "compiled": DAY, "sources": {}, "part": [], "statement": [], "closure": []}
        file = self._files.setdefault((folder, ident), blank)
        file.update(more)
        return file

    def _of(self, name: str) -> dict[str, Any]:
        for kind in ("site", "party", "place", "programme"):
            if (kind, name) in self._files:
                return self._files[kind, name]
        raise KeyError(f"no file for {name!r}; add the site or party first")

    # Files

    def path(self, kind: str, name: str) -> Path:
        """Return where a record lies."""
        if kind == "site":
            return self.root / "seeds" / "sites" / name / "site.toml"
        return self.root / "seeds" / FOLDERS[kind] / f"{name}.toml"

    def write(self) -> Path:
        """Write the files and return the workspace's folder."""
        for (kind, name), file in self._files.items():
            path = self.path(kind, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(toml_text(file), encoding="utf-8")
        for site, features in self._shapes.items():
            text = json.dumps({"type": "FeatureCollection", "features": features})
            self.path("site", site).with_name("shape.geojson").write_text(text, encoding="utf-8")
        return self.root

    def data(self) -> Path:
        """Give the workspace a ``data/`` of its own: a copy, the layers of places by a link."""
        target = self.root / "data"
        for folder in ("method", "vocabulary", "reference"):
            shutil.copytree(bundled_root() / "data" / folder, target / folder)
        (target / "places").symlink_to(bundled_root() / "data" / "places")
        return target

    # Looking at it

    def open(self) -> Workspace:
        """Write the files and open the workspace."""
        return open_workspace(self.write())

    def snapshot(self, as_of: str = DAY, known_by: str = DAY) -> Snapshot:
        """Look at it with both clocks."""
        return self.open().snapshot(as_of, known_by)

    def graph(self, as_of: str = DAY, known_by: str = DAY) -> OwnershipGraph:
        """Return the stakes in effect, ageing as the method has it."""
        return ownership_graph(self.snapshot(as_of, known_by), self.ageing())

    def ageing(self) -> Ageing:
        """Return the method's rule of ageing."""
        rule = self.open().method().ageing
        return Ageing(rule.grace_months, rule.per_year)

    def evidence(self, as_of: str = DAY, known_by: str = DAY, references: Path | None = None) -> Evidence:
        """Return what the indicators read; the country series from another folder if asked."""
        opened = self.open()
        folder = opened.data / "reference" if references is None else references
        return Evidence(opened.snapshot(as_of, known_by), opened.method(), folder)

    def finding(self, indicator: str, subject: str, **looking: Any) -> Any:
        """Return what one indicator of the method finds about one subject."""
        from georisk.indicators import functions

        evidence = self.evidence(**looking)
        definition = self.indicator(indicator)
        table = functions()[definition.function](evidence, definition)
        return table.set_index("subject").loc[subject]

    def indicator(self, key: str) -> Indicator:
        """Return the definition of an indicator."""
        return next(one for one in self.open().method().indicators if one.key == key)

    def assess(self, as_of: str = DAY, known_by: str = DAY) -> Assessment:
        """Score it."""
        return self.open().assess(as_of, known_by)


def toml_text(table: dict[str, Any]) -> str:
    """Return a table as TOML: its plain keys, then its tables one level down."""
    plain = {key: value for key, value in table.items() if not _is_table(value)}
    lines = [f"{key} = {_toml(value)}" for key, value in plain.items() if value not in (None, [])]
    for key, value in table.items():
        if isinstance(value, dict):
            for name, record in value.items():
                lines += ["", f"[{key}.{name}]", *_pairs(record)]
        elif _is_table(value):
            for record in value:
                lines += ["", f"[[{key}]]", *_pairs(record)]
    return "\n".join(lines) + "\n"


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _pairs(record: dict[str, Any]) -> list[str]:
    return [f"{key} = {_toml(value)}" for key, value in record.items() if value is not None]


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)
