"""What the overview map shows: plain data that somebody else computed, and its shape in full.

Everything here is text, numbers, lists and dicts, so that it can travel in a page as JSON. ``None`` is not known; an
empty list is nothing to tell. Text needs no escaping: the page writes it as text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NotRequired, TypedDict

from georisk.outputs.map_table import SiteTable


class Source(TypedDict):
    """Where a claim was read. ``date`` is ISO and may be partial; ``grade`` is A to D."""

    title: str
    publisher: str
    date: str | None
    url: str | None
    grade: str


class Reason(TypedDict):
    """What part of a score comes from where. ``points`` add up to the score."""

    points: float
    sentence: str
    sources: list[Source]


class Missing(TypedDict):
    """What a score does not know, in words, and the reason in words (``not found``)."""

    what: str
    reason: str


class Score(TypedDict):
    """One score, 0 (no risk found) to 100.

    ``score`` and ``band`` are ``None`` below the floor; ``reason`` then says why. ``known_weight`` is a share
    from 0 to 1. ``with_weak_band`` is the band that grade C and D evidence would give, where it differs.
    """

    score: float | None
    low: float
    high: float
    band: str | None
    known_weight: float
    reason: str | None
    with_weak_band: str | None
    reasons: list[Reason]
    missing: list[Missing]


class Owner(TypedDict):
    """A direct holder. ``share`` is text with its unit (``84 %``), ``None`` where nobody published it."""

    name: str
    share: str | None
    note: str | None


class Parent(TypedDict):
    """An ultimate parent with its effective share and bounds, as text with unit; ``None``: not known."""

    name: str
    share: str | None
    low: str | None
    high: str | None


class Line(TypedDict):
    """One cited line of text, such as an offtake contract."""

    text: str
    sources: NotRequired[list[Source]]


class Finance(Line):
    """One line of finance under its state in words: disbursed, committed, approved, conditional, non-binding."""

    state: str


class Fact(Line):
    """Any other cited fact, under a label."""

    label: str


class Part(TypedDict):
    """A part of a site with scores of its own, by layer key (``composite`` and the dimensions).

    ``id`` is the part's full id; shapes name it. ``lines`` are further facts in words (stage, owners).
    """

    id: str
    name: str
    scores: dict[str, Score]
    lines: NotRequired[list[str]]


class Shape(TypedDict):
    """A piece of a site's place.

    ``geometry`` is a GeoJSON geometry, longitude first: points, lines or polygons. ``part`` is a part's id.
    The true place lies within ``precision_km``. A planned line is drawn dashed; planned points are the ends of
    a route whose course is not known and stay unjoined. ``basis`` is in words.
    """

    geometry: Mapping[str, Any]
    part: str | None
    precision_km: float | None
    caption: str | None
    planned: bool
    basis: str | None


class Flow(TypedDict):
    """A line that the map draws on demand, from a country (ISO 3166-1 alpha-3) to a site.

    ``kind`` is ``owner`` or ``lender``; ``text`` says how much.
    """

    kind: str
    country: str
    name: str
    text: str


class Site(TypedDict):
    """One site. ``None`` is not known; an empty list is nothing to tell.

    ``country`` holds ISO 3166-1 alpha-3 codes, ``country_names`` what people read (also ``High seas``).
    ``stage_reported`` is the disputed stage some source reports. ``scores`` are by layer key. ``worst`` is the key of
    the worst dimension. ``unknown`` and ``overdue`` are sentences. ``dossier`` is a page beside the map.
    ``changed`` says in a sentence what moved since the last build. No shape: listed, not drawn. ``owner_names`` and
    ``commodity_groups`` are what the filters offer. ``groups`` holds the value of each layer of words by its key.
    """

    id: str
    name: str
    aliases: list[str]
    kind: str
    kind_title: str
    country: list[str]
    country_names: list[str]
    stage: str | None
    stage_title: str | None
    stage_since: str | None
    stage_reported: str | None
    operator: str | None
    owners: list[Owner]
    ultimate: list[Parent]
    commodities: list[str]
    finance: list[Finance]
    offtake: list[Line]
    facts: list[Fact]
    scores: dict[str, Score]
    worst: str | None
    unknown: list[str]
    overdue: list[str]
    parts: list[Part]
    dossier: str | None
    shapes: list[Shape]
    changed: str | None
    owner_names: NotRequired[list[str]]
    commodity_groups: NotRequired[list[str]]
    groups: NotRequired[dict[str, str | None]]
    flows: NotRequired[list[Flow]]


class Layer(TypedDict):
    """A score that the map can show. ``short`` heads a narrow column (about 8 letters)."""

    key: str
    title: str
    question: str
    short: NotRequired[str]


class Category(TypedDict):
    """A value of a layer of words. ``short`` stands in its sign (at most 4 letters)."""

    key: str
    title: str
    short: str


class Choice(TypedDict):
    """A layer of words. Where ``ordered``, a cluster shows its last value, else the most frequent one.

    Layers whose keys begin alike before a colon (``legal:``) share one button and a list to choose from.
    """

    key: str
    title: str
    question: str
    ordered: bool
    values: list[Category]


class CountryPart(TypedDict):
    """How risky a country itself is, 0 to 100, and the band of that."""

    score: float
    band: str | None


class Tiles(TypedDict):
    """Online map tiles: the address with ``{z}/{x}/{y}``, the letters of ``{s}``, whom to credit, the hosts asked."""

    name: str
    address: str
    subdomains: str
    zoom: int
    credit: str
    hosts: list[str]


class Band(TypedDict):
    """A band of scores ``[low, high)``; the last one holds its upper end too."""

    key: str
    title: str
    low: float
    high: float


class Method(TypedDict):
    """Which method made the scores."""

    version: str
    fingerprint: str


class Link(TypedDict):
    """A page beside the map."""

    title: str
    href: str


@dataclass(frozen=True)
class MapData:
    """What the overview map shows; plain data that somebody else computed.

    Attributes
    ----------
    title
        Heading and page title.
    as_of, known_by
        ISO dates of the two clocks.
    projection
        Whether ``as_of`` lies in the future; the page then says so.
    method
        Version and fingerprint.
    dimensions
        The layers beside the composite, in order of display.
    bands
        From lowest to highest, at most four.
    basemap
        GeoJSON FeatureCollection of countries, property ``iso3`` (ISO 3166-1 alpha-3).
    sites
        In order; the page sorts them by the layer shown. Very many come as a table of columns.
    composite
        Layer of the composite, shown first; its key is ``composite``.
    links
        Other pages, for the header.
    detail
        A finer base map for near views, in the form of ``basemap``; ``None``: the same one at every zoom.
    choices
        Layers of words, after the scores.
    countries
        How risky countries are, by ISO 3166-1 alpha-3 code; for the shading.
    tiles
        Online tiles below everything; ``None``, and the page asks the network for nothing.
    note
        A sentence above everything, such as what was left out.
    """

    title: str
    as_of: str
    known_by: str
    projection: bool
    method: Method
    dimensions: Sequence[Layer]
    bands: Sequence[Band]
    basemap: Mapping[str, Any]
    sites: Sequence[Site] | SiteTable
    composite: Layer
    links: Sequence[Link] = ()
    detail: Mapping[str, Any] | None = None
    choices: Sequence[Choice] = ()
    countries: Mapping[str, CountryPart] = field(default_factory=dict)
    tiles: Tiles | None = None
    note: str | None = None
