"""What every HTML page shares: one file that asks the network for nothing.

A page carries its styles, scripts and data inside itself. Its content security policy names each script by
hash and allows nothing else, so text from data cannot run even where an escape was forgotten. Data travels in
one JSON block and is written by the page's script as text, or through templates that escape.

References
----------
W3C, Content Security Policy Level 3, sections 6.1 and 6.7 (hashes of inline scripts; policies in ``meta``).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from georisk.errors import GeoriskError

# Marks that turn the direction of the text after them: they can make a name read as another one.
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INERT = str.maketrans(dict.fromkeys(_TURNS, "\ufffd"))
_IN_DATA = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
    **dict.fromkeys(_TURNS, "\\ufffd"),
}
_UNSAFE_IN_DATA = re.compile("[" + "".join(_IN_DATA) + "\ud800-\udfff]")
_ENDS_SCRIPT = re.compile(r"</script|<!--", re.IGNORECASE)
_ENDS_STYLE = re.compile(r"</style|<!--", re.IGNORECASE)
_LOCAL_PAGE = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)*", re.ASCII)


@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """Return the text of one of georisk's own assets, such as ``page.css``, with the line ends of Unix."""
    text = (resources.files("georisk.outputs") / "assets" / name).read_text(encoding="utf-8")
    return _lines(text)


@lru_cache(maxsize=1)
def leaflet_script() -> str:
    """Return the packaged Leaflet library, without the note that points at its source map."""
    return re.sub(r"//# sourceMappingURL=.*", "", _leaflet("leaflet.js").decode("utf-8"))


@lru_cache(maxsize=1)
def leaflet_style() -> str:
    """Return the packaged Leaflet style sheet with its images inside, as ``data:`` addresses."""

    def inlined(match: re.Match[str]) -> str:
        return f"url(data:image/png;base64,{base64.b64encode(_leaflet(match[1])).decode('ascii')})"

    return re.sub(r"url\((images/[\w-]+\.png)\)", inlined, _leaflet("leaflet.css").decode("utf-8"))


def _leaflet(name: str) -> bytes:
    return resources.files("xstatic.pkg.leaflet").joinpath("data", *name.split("/")).read_bytes()


def environment(*templates: str) -> Environment:
    """Return a template environment that escapes every value and neutralises direction marks.

    Parameters
    ----------
    templates
        Names of assets to offer to ``get_template``.

    Returns
    -------
    jinja2.Environment
        Filter ``href`` yields an address that is safe to follow, or ``None``; an undefined name raises.
    """
    made = Environment(
        loader=DictLoader({name: asset(name) for name in templates}),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=inert,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["href"] = href
    return made


def inert(value: Any) -> Any:
    r"""Return text with direction-turning marks replaced by U+FFFD; anything else, and markup, unchanged.

    Examples
    --------
    >>> ascii(inert("gpj.\u202eexe"))
    "'gpj.\\ufffdexe'"
    """
    return value.translate(_INERT) if isinstance(value, str) and not isinstance(value, Markup) else value


def href(address: str | None) -> str | None:
    """Return an address that may stand in a link: http, https, or a page of the same folder tree.

    Returns
    -------
    str or None
        ``None`` for every other scheme, for paths that climb, and for no address; show the text then.

    Examples
    --------
    >>> href("https://example.org/a"), href("javascript:alert(1)"), href("sites/a.html"), href("../x")
    ('https://example.org/a', None, 'sites/a.html', None)
    """
    if address is None or any(ord(sign) <= 0x20 or 0x7F <= ord(sign) <= 0x9F for sign in address):
        return None
    if _LOCAL_PAGE.fullmatch(address):
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


def data_block(data: Any) -> Markup:
    r"""Return data as JSON that is safe inside a ``script`` element.

    ``<``, ``>``, ``&`` and the two line separators are escaped, direction-turning marks become U+FFFD, lone
    surrogates stay escaped.

    Raises
    ------
    GeoriskError
        If the data holds a number that JSON cannot write (not a number, infinity), or is not plain data.

    Examples
    --------
    >>> print(data_block({"name": "</script>"}))
    {"name":"\u003c/script\u003e"}
    """
    try:
        text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        raise GeoriskError(f"a page's data must be plain JSON: {error}") from None
    return Markup(_UNSAFE_IN_DATA.sub(_escaped, text))  # noqa: S704  # every sign that could end the block is gone


def _escaped(match: re.Match[str]) -> str:
    return _IN_DATA.get(match[0]) or f"\\u{ord(match[0]):04x}"


def policy(scripts: Sequence[str], images: Sequence[str] = ()) -> str:
    """Return the content security policy that allows exactly these inline scripts, and no request.

    ``images`` are the hosts, as ``https://tile.example.org``, from which alone pictures may come; none as a rule.
    """
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts) or "'none'"
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src {' '.join(['data:', *images])}; "
        "base-uri 'none'; form-action 'none'"
    )


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


def document(
    title: str,
    body_html: str,
    *,
    styles: Sequence[str] = (),
    scripts: Sequence[str] = (),
    data: Any = None,
    lang: str = "en",
    images: Sequence[str] = (),
) -> str:
    """Return a whole HTML page.

    Parameters
    ----------
    title
        Page title; escaped here.
    body_html
        The body, already safe: rendered by a template of :func:`environment`, or constant.
    styles, scripts
        Texts of style sheets and scripts, in order. The shared ``page.css`` and ``page.js`` come before them.
    data
        Plain JSON-able data for the page's script, which reads it as ``Page.data``; ``None`` for none.
    lang
        Language of the page, a BCP 47 tag.
    images
        Hosts that pictures may come from; with none the page makes no request.

    Raises
    ------
    GeoriskError
        If a script or style sheet holds the text that would end its element.
    """
    all_scripts = [_whole(text, _ENDS_SCRIPT) for text in (asset("page.js"), *scripts)]
    all_styles = [_whole(text, _ENDS_STYLE) for text in (asset("page.css"), *styles)]
    return (
        environment("page.html.j2")
        .get_template("page.html.j2")
        .render(
            title=title,
            lang=lang,
            body=Markup(body_html),  # noqa: S704  # the caller's contract, see above
            policy=policy(all_scripts, images),
            styles=[Markup(text) for text in all_styles],  # noqa: S704  # packaged texts, checked by _whole
            scripts=[Markup(text) for text in all_scripts],  # noqa: S704  # as above
            data=data_block(data),
        )
    )


def _whole(text: str, ends: re.Pattern[str]) -> str:
    found = ends.search(text)
    if found:
        raise GeoriskError(f"a page cannot carry a script or style that holds {found[0]!r}")
    return _lines(text)


def _lines(text: str) -> str:
    """Return text with the line ends that an HTML parser makes of it, so that hashes agree."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
