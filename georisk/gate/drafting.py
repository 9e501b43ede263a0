"""One event made a record to propose, or the reason why it cannot be one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from string import Template
from typing import Any

from georisk.dates import When
from georisk.gate.concerned import Named, Register, Scene, buyer_and_owned, other_party, subject_of
from georisk.gate.rules import EventRule, Rules
from georisk.news.articles import Article, clean
from georisk.news.events import Event
from georisk.news.tables import table

PLANS = frozenset({"planned", "speculative"})
LONGEST_VALUE = 200


@dataclass(frozen=True)
class Drafted:
    """A record that an event would make.

    Attributes
    ----------
    event, scene
        What it was made from.
    file, part
        ``sites/<id>``, ``parties/<id>`` or ``programmes/<id>``, and the part of a site.
    record
        Keys of a statement or closure, without ``key`` and ``sources``.
    inferred
        Whether the text does not name the subject.
    parties
        Parties it names that the registry does not know.
    supersedes, restates
        Keys of statements it ends, and of the one whose words it took over.
    part_of
        The event that tells the total this is a part of.
    """

    event: Event
    scene: Scene
    file: str
    part: str | None
    record: Mapping[str, Any]
    inferred: bool = False
    parties: tuple[Named, ...] = ()
    supersedes: tuple[str, ...] = ()
    restates: str | None = None
    part_of: Event | None = None

    @property
    def subject(self) -> str:
        """The subject of the statement."""
        name = self.file.split("/", 1)[1]
        return f"{name}/{self.part}" if self.part else name


@dataclass(frozen=True, slots=True)
class Left:
    """What did not become a proposal, and why."""

    article: str
    event: str
    why: str
    passage: str = ""


@dataclass(frozen=True)
class Drafter:
    """What drafting goes by: the rules, the registry by its names, and the titles of event types."""

    rules: Rules
    register: Register
    titles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rules: Rules, register: Register, folder: Any) -> Drafter:
        """Read the titles from ``data/news``."""
        return cls(rules, register, {row["code"]: row["title"] for row in table(folder, "event-types")})

    def draft(self, event: Event, article: Article) -> Drafted | str:
        """Return the record of one event, or the reason why there is none."""
        rule = self.rules.events.get(event.event_type)
        if rule is None or rule.why is not None:
            return rule.why if rule is not None and rule.why else "data/news/proposing.toml does not know this type"
        if event.modality == "denied":
            return "says that it is not so; nothing known says otherwise"
        scene = self.register.scene(event, article, self.rules.patterns)
        if rule.subject == "owned":
            return self._stake(event, article, rule, scene)
        found = subject_of(event, rule, self.register)
        if isinstance(found, str):
            return found
        return self._about(event, article, rule, scene, *found)

    def _about(
        self, event: Event, article: Article, rule: EventRule, scene: Scene, path: str, inferred: bool
    ) -> Drafted | str:
        file, part = _split(path)
        own = self._own(path)
        other = other_party(rule, scene, own, event, self.register)
        base = Drafted(event, scene, file, part, {}, inferred)
        record = self._record(event, article, rule, scene, base, other)
        if isinstance(record, str):
            return record
        qualifiers = dict(rule.qualifiers) | record.pop("qualifiers", {})
        if other is not None and rule.other is not None and rule.value != "party" and record["property"] != "milestone":
            qualifiers[rule.other] = other.id
        if rule.kind is not None:
            qualifiers |= {"kind": rule.kind} | self._recipient(event, own)
        if rule.property == "proceeding":
            qualifiers["against"] = self.rules.target(f"{scene.passage}")
        record |= {"qualifiers": qualifiers} if qualifiers else {}
        fresh = (other,) if other is not None and other.fresh and rule.other in qualifiers else ()
        return replace(base, record=self._dated(record, event, article, rule, scene), parties=fresh)

    def _own(self, path: str) -> set[str]:
        """Return the ids that stand for the subject itself: its holder of title, and the party."""
        kind, name = path.split("/", 1)
        return {name, self.register.holder(name)} if kind == "sites" else {name}

    def _recipient(self, event: Event, own: set[str]) -> dict[str, str]:
        """Return who receives money, where the event is about a company of the registry beside its subject."""
        companies = [one.id for one in event.links if one.kind == "party" and one.basis in ("named", "reference")]
        return {"recipient": companies[0]} if companies and companies[0] not in own else {}

    def _record(
        self, event: Event, article: Article, rule: EventRule, scene: Scene, base: Drafted, other: Named | None
    ) -> dict[str, Any] | str:
        record: dict[str, Any] = {"property": rule.property}
        if rule.value == "amount":
            if event.amount is None or event.currency is None:
                return "names no sum with its currency"
            return record | {"value": _plain(event.amount), "unit": event.currency}
        if rule.value == "share":
            return self._shared(event, rule, record, other)
        if rule.value == "quantity":
            return _quantity(event, rule, record)
        if rule.value == "stage":
            return self._stage(event, article, record, base)
        if rule.value == "party":
            party = next((one.id for one in scene.parties if not one.fresh), None)
            return record | {"value": party} if party is not None else "does not say who"
        return record | {"value": self._text(event, rule, scene)}

    def _shared(
        self, event: Event, rule: EventRule, record: dict[str, Any], other: Named | None
    ) -> dict[str, Any] | str:
        if other is None and event.share_pct is None:
            return "names neither a party nor a share"
        if event.share_pct is None:
            return record | {"unknown": rule.unknown or "not-found"}
        return record | {"value": _plain(event.share_pct), "unit": "percent"}

    def _stage(self, event: Event, article: Article, record: dict[str, Any], base: Drafted) -> dict[str, Any] | str:
        code = self.rules.stage(event.evidence)
        if code is None:
            return "tells no stage of the registry's list"
        due = event.effective_date or event.event_date
        if self._weight(event).force in PLANS or _after(due, article):
            if _when(due) is None:
                return "is a plan without a date"
            return {"property": "milestone", "value": f"{code} at {self._name(base)}", "qualifiers": {"due": due}}
        return record | {"value": code, "qualifiers": {"reported": clean(event.evidence)[:LONGEST_VALUE]}}

    def _text(self, event: Event, rule: EventRule, scene: Scene) -> str:
        names = list(dict.fromkeys(one.name for one in scene.parties)) or [event.project or event.entity or "not named"]
        title = self.titles.get(event.event_type, event.event_type)
        return clean(Template(rule.text).safe_substitute(title=title, parties=", ".join(names)))[:LONGEST_VALUE]

    def _name(self, base: Drafted) -> str:
        return self.register.seeds.sites[base.file.split("/", 1)[1]].name

    def _stake(self, event: Event, article: Article, rule: EventRule, scene: Scene) -> Drafted | str:
        buyer, owned = buyer_and_owned(event, scene, self.rules.patterns, self.register)
        share = event.share_pct if event.share_pct is not None else (100.0 if rule.whole else None)
        of_holding = self.rules.patterns.share_of_holding.search(event.evidence) is not None
        if buyer is None or owned is None or (share is None and rule.otherwise) or of_holding:
            return self._deal(event, article, rule, scene, buyer)
        file, part = _split(f"parties/{owned}" if owned in self.register.seeds.parties else f"sites/{owned}")
        qualifiers: dict[str, Any] = {"owner": buyer.id}
        record = {"property": "stake", "qualifiers": qualifiers}
        record |= {"unknown": "not-found"} if share is None else {"value": _plain(share), "unit": "percent"}
        fresh = (buyer,) if buyer.fresh else ()
        drafted = Drafted(event, scene, file, part, self._dated(record, event, article, rule, scene), parties=fresh)
        return replace(drafted, inferred=all(one.basis == "article" for one in event.links[:1]))

    def _deal(
        self, event: Event, article: Article, rule: EventRule, scene: Scene, buyer: Named | None
    ) -> Drafted | str:
        """Return a deal in words, where nobody could say who would hold how much of what."""
        if rule.otherwise is None:
            return "does not say who holds how much of what"
        found = subject_of(event, rule.model_copy(update={"subject": "any"}), self.register)
        found = self._mine(event) if isinstance(found, str) or found[0].startswith("parties/") else found
        if isinstance(found, str):
            return found
        (file, part), inferred = _split(found[0]), found[1]
        qualifiers: dict[str, Any] = {"buyer": buyer.id} if buyer is not None and not buyer.fresh else {}
        qualifiers |= {"percent": _plain(event.share_pct)} if event.share_pct is not None else {}
        record: dict[str, Any] = {"property": rule.otherwise, "value": self._text(event, rule, scene)}
        record |= {"qualifiers": qualifiers} if qualifiers else {}
        plain = rule.model_copy(update={"force": {}})
        return Drafted(event, scene, file, part, self._dated(record, event, article, plain, scene), inferred)

    def _mine(self, event: Event) -> tuple[str, bool] | str:
        return subject_of(event, self.rules.events["mou"], self.register)

    def _weight(self, event: Event, rule: EventRule | None = None, passage: str = "") -> Any:
        weight = self.rules.modalities[event.modality]
        if rule is None:
            return weight
        if rule.paid is not None and event.modality == "completed" and rule.paid.search(passage):
            return weight
        return weight.model_copy(update={"force": rule.force.get(event.modality, weight.force)})

    def _dated(
        self, record: dict[str, Any], event: Event, article: Article, rule: EventRule, scene: Scene
    ) -> dict[str, Any]:
        """Add dates, force and status; what lies in the future at the time of publication is a plan."""
        weight, begun = self._weight(event, rule, scene.passage), event.event_date
        force = weight.force
        due = event.effective_date if _when(event.effective_date) else None
        if _after(begun, article) and force == "in-effect":
            force, due = "planned", begun
        if record["property"] == "milestone":
            force = "speculative" if force == "speculative" else "planned"
        elif force in PLANS and due is not None and not record.get("absent"):
            record = record | {"qualifiers": {**record.get("qualifiers", {}), "due": due}}
        elif _when(begun) is not None and not _after(begun, article) and not rule.period and force not in PLANS:
            record = record | {"valid_from": _when(begun)}
        return record | {"force": force, "status": weight.status}


def ends_on(event: Event, article: Article) -> date | None:
    """Return the first day on which what an event says to end holds no more; ``None`` where it gives no day.

    "Ends with 2026" and "runs until 31 December 2026" both give the first of January.
    """
    told = _when(event.effective_date) or _when(event.event_date)
    return told.last + timedelta(days=1) if told is not None else None


def _quantity(event: Event, rule: EventRule, record: dict[str, Any]) -> dict[str, Any] | str:
    if not event.quantities:
        return "names no quantity"
    first = event.quantities[0]
    unit = " ".join(str(part) for part in (str(first["unit"]).removesuffix("/y"), first.get("of")) if part)
    qualifiers: dict[str, Any] = {"period": "year"} if str(first["unit"]).endswith("/y") else {}
    if rule.period:
        if _when(event.event_date) is None:
            return "does not say for which period"
        qualifiers["period"] = event.event_date
    more = {"qualifiers": qualifiers} if qualifiers else {}
    return record | {"value": _plain(first["value"]), "unit": unit} | more


def _split(path: str) -> tuple[str, str | None]:
    parts = path.split("/")
    return "/".join(parts[:2]), parts[2] if len(parts) > 2 else None


def _when(text: str | None) -> When | None:
    """Return a date; of a span its end; ``None`` where it is none."""
    try:
        return When.parse(text.split("/")[-1]) if text else None
    except ValueError:
        return None


def _after(text: str | None, article: Article) -> bool:
    told, day = _when(text), article.day()
    return told is not None and day is not None and told.first > day


def _plain(value: Any) -> Any:
    """Return whole numbers without a point."""
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
