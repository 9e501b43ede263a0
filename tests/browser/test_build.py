"""What ``georisk build`` writes for a hostile workspace, opened in Chromium: nothing runs, when it is built nor after."""

from pathlib import Path
from typing import Any

from georisk.build import build


def test_nothing_of_a_hostile_workspace_runs_on_the_map(made: Any, visit: Any, hostile_strings: list[str]) -> None:
    texts = [one for one in hostile_strings if all(ord(sign) >= 32 for sign in one) and 0 < len(one) < 1000]
    texts = [" ".join(texts[start : start + 8]) for start in range(0, len(texts), 8)]
    for number, text in enumerate(texts):
        made.site(f"site-{number}", country="TZA", at=(32 + number / 10, -6.0), title=text, aliases=[text])
        made.party(f"party-{number}", title=text)
        made.stake(f"site-{number}", owner=f"party-{number}", percent=50)
        made.say(f"site-{number}", "offtake", 10, unit="percent", buyer=f"party-{number}", product=text, note=text)
        made.say(f"site-{number}", "tenure", text)
    built = build(made.open(), as_of=made.day, known_by=made.day, out=Path(made.root) / "maps")
    for page in ("index.html", "sites/site-0.html", "risk-table.html", "method.html"):
        visited = visit(built.folder / page)
        visited.assert_quiet()
        assert "49" not in visited.page.title()
    assert {path.name for path in made.root.parent.iterdir()} == {made.root.name}


def test_the_embedded_eight_are_all_drawn(repository: Any, visit: Any, tmp_path: Path) -> None:
    built = build(repository, as_of="2026-11-21", known_by="2026-11-21", out=tmp_path / "maps")
    visited = visit(built.folder / "index.html")
    visited.assert_quiet()
    for site in repository.seeds.sites.values():
        assert visited.page.get_by_text(site.name, exact=True).first.is_visible(), site.id
    assert visited.page.evaluate("document.documentElement.lang") == "en"
    assert visited.page.title()
    dossier = visit(built.folder / "sites" / "lobito-corridor.html")
    dossier.assert_quiet()
