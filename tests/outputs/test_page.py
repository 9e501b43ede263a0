import base64
import hashlib
import itertools
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from georisk.errors import GeoriskError
from georisk.outputs import page

INLINE_SCRIPT = "const answer = 42;\r\n"


class Reader(HTMLParser):
    """Collects scripts, their types, and every attribute of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.tags: list[str] = []
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._inside = tag
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)


def policy_of(html: str) -> str:
    return re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")


def hash_of(script: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"


def made() -> str:
    return page.document("A title", "<main></main>", styles=["b{}"], scripts=[INLINE_SCRIPT], data={"a": 1})


def test_policy_allows_exactly_the_inline_scripts() -> None:
    html = made()
    running = [text for attributes, text in Reader(html).scripts if "type" not in attributes]
    allowed = re.search(r"script-src ([^;]*);", policy_of(html))[1].split()
    assert allowed == [hash_of(text) for text in running]
    assert len(running) == 2  # the shared script and the one given


def test_policy_forbids_the_rest() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in policy_of(made()).split(";"))
    assert rules.pop("script-src").startswith("'sha256-")
    assert rules == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_policy_stands_before_anything_it_governs() -> None:
    html = made()
    assert html.index("Content-Security-Policy") < min(html.index("<style"), html.index("<script"), html.index("<link"))


def test_title_and_language_are_set_and_escaped() -> None:
    html = page.document("</title><b>", "", lang='de"x')
    assert "<title>&lt;/title&gt;&lt;b&gt;</title>" in html
    assert '<html lang="de&#34;x">' in html


def test_zoom_by_the_reader_is_not_forbidden() -> None:
    assert "user-scalable" not in made()
    assert "maximum-scale" not in made()


@given(
    st.recursive(st.none() | st.text(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner))
)
def test_data_reads_back_and_cannot_leave_its_block(data: object) -> None:
    written = str(page.data_block(data))
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == json.loads(
        re.sub("[\u202a-\u202e\u2066-\u2069]", "\ufffd", json.dumps(data, ensure_ascii=False))
    )
    written.encode("utf-8")


def test_lone_surrogates_can_still_be_written_to_a_file() -> None:
    assert page.data_block("\ud800").encode("utf-8") == b'"\\ud800"'


@pytest.mark.parametrize("data", [float("nan"), float("inf"), {"a": object()}])
def test_data_that_json_cannot_carry_is_refused(data: object) -> None:
    with pytest.raises(GeoriskError, match="plain JSON"):
        page.data_block(data)


def test_hostile_strings_stay_inside_the_data_block(hostile_strings: list[str]) -> None:
    html = page.document("t", "", data=hostile_strings)
    calm = Reader(page.document("t", "", data=[]))
    assert Reader(html).tags == calm.tags
    block = next(text for attributes, text in Reader(html).scripts if "type" in attributes)
    turned = re.compile("[\u202a-\u202e\u2066-\u2069]")
    assert json.loads(block) == [turned.sub("\ufffd", text) for text in hostile_strings]


@pytest.mark.parametrize("script", ["x = '</script>'", "x = '</SCRIPT '", "// <!-- "])
def test_a_script_that_would_end_its_element_is_refused(script: str) -> None:
    with pytest.raises(GeoriskError, match="cannot carry"):
        page.document("t", "", scripts=[script])


def test_a_style_that_would_end_its_element_is_refused() -> None:
    with pytest.raises(GeoriskError, match="cannot carry"):
        page.document("t", "", styles=["a::after { content: '</style>' }"])


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("sites/example-hill.html", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//example.org/x", False),
        ("/etc/passwd", False),
        ("../up.html", False),
        ("a/../../up.html", False),
        ("https://", False),
        ("https://[", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_and_own_pages_become_links(address: str | None, safe: bool) -> None:
    assert (page.href(address) is not None) is safe


def test_templates_escape_and_calm_what_they_show() -> None:
    environment = page.environment("page.html.j2")
    text = environment.from_string("{{ name }} {{ ready }} {{ url | href }}").render(
        name="<b>\u202eexe", ready=Markup("<i>"), url="javascript:alert(1)"
    )
    assert text == "&lt;b&gt;\ufffdexe <i> None"


def test_leaflet_carries_its_images_inside() -> None:
    addresses = re.findall(r"url\(([^)]*)\)", page.leaflet_style())
    assert addresses
    assert all(address.startswith(("data:image/png;base64,", "#")) for address in addresses)
    assert "sourceMappingURL" not in page.leaflet_script()


def test_nothing_in_a_page_names_another_place() -> None:
    loads = [value for _, name, value in Reader(made()).attributes if name in ("src", "href", "srcset", "action")]
    assert loads == ["data:,"]
    assert "@import" not in made()


# Colours


def tokens(scheme: int) -> dict[str, tuple[float, float, float]]:
    """Colours of page.css as red, green, blue from 0 to 1; scheme 0 light, 1 dark."""
    found = {}
    for name, value in re.findall(r"--([\w-]+):\s*([^;]+);", page.asset("page.css")):
        colours = re.findall(r"#([0-9a-f]{6})", value)
        if colours:
            code = colours[scheme if len(colours) > 1 else 0]
            found[name] = tuple(int(code[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return found


def linear(colour: tuple[float, ...]) -> list[float]:
    """Linear light of sRGB, IEC 61966-2-1."""
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Contrast ratio of WCAG 2.2."""
    lights = sorted(sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
def test_text_has_the_contrast_that_wcag_asks_for(scheme: int) -> None:
    colour = tokens(scheme)
    pairs = [(text, ground) for text in ("ink", "muted", "accent") for ground in ("paper", "canvas", "raised")]
    pairs += [("accent-ink", "accent"), ("ink", "notice"), ("ink", "sea"), ("ink", "land"), ("ink", "host")]
    pairs += [(f"band-{band}-ink", f"band-{band}") for band in (0, 1, 2, 3, "none")]
    poor = {pair: contrast(colour[pair[0]], colour[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}  # level AA, normal text


@pytest.mark.parametrize("scheme", [0, 1])
def test_signs_stand_out_from_the_map(scheme: int) -> None:
    colour = tokens(scheme)
    poor = {ground: contrast(colour["edge"], colour[ground]) for ground in ("sea", "land", "host")}
    assert min(poor.values()) >= 3  # level AA, graphics


# Machado, Oliveira, Fernandes (2009), A physiologically-based model for simulation of color vision
# deficiency, table for severity 1.0; applied to linear light.
BLINDNESS = {
    "none": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def lab(light: list[float]) -> list[float]:
    """CIE 1976 L*a*b* of linear sRGB, white D65."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    white = [0.9505, 1.0, 1.089]
    xyz = [sum(w * p for w, p in zip(row, light, strict=True)) / n for row, n in zip(to_xyz, white, strict=True)]
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in xyz)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize("scheme", [0, 1])
def test_bands_are_told_apart_in_colour_blindness(scheme: int, blindness: str) -> None:
    colour = tokens(scheme)

    def seen(name: str) -> list[float]:
        light = linear(colour[name])
        return lab(
            [min(1, max(0, sum(w * p for w, p in zip(row, light, strict=True)))) for row in BLINDNESS[blindness]]
        )

    bands = [f"band-{band}" for band in range(4)]
    apart = {
        (a, b): sum((p - q) ** 2 for p, q in zip(seen(a), seen(b), strict=True)) ** 0.5
        for a, b in itertools.combinations(bands, 2)
    }
    # 2.3 is a just noticeable difference in this space; ten times that is plain at a glance.
    assert {pair: distance for pair, distance in apart.items() if distance < 23} == {}
