"""Legal answers in the outputs: cells with statements behind them, a panel with sentences and a warning."""

from __future__ import annotations

from typing import Any

from georisk.outputs.dossier import dossier_page
from georisk.outputs.law import legal_cells, legal_panel
from georisk.outputs.rows import report
from georisk.outputs.traced import traced_rows


def test_cells_name_what_is_yes_and_what_is_open(sample: Any) -> None:
    found = sample.report
    site = found.snapshot.seeds.sites["hill"]
    cells = legal_cells(found.law, found.payments(site), site)
    # The State of Tanzania has 16 per cent, free carried: what it is owed.
    assert "Tanzania, State's free-carried interest (16 %, gate 16 % or more)" in str(cells["legal_yes"].value).split(
        "; "
    )
    assert "OFAC 50 per cent rule (no list loaded)" in str(cells["legal_undetermined"].value).split("; ")
    assert cells["payment_exposure"].value is None
    assert cells["legal_yes"].statements


def test_a_site_with_parts_names_them(sample: Any) -> None:
    found = sample.report
    site = found.snapshot.seeds.sites["twin"]
    texts = str(legal_cells(found.law, found.payments(site), site)["legal_yes"].value).split("; ")
    # west-co is wholly held by a company of China: controlled by a specified foreign entity.
    assert "West: Specified foreign entity and foreign-controlled entity (100 %, gate more than 50 %)" in texts


def test_the_panel_warns_and_names_its_rules(sample: Any) -> None:
    found = sample.report
    site = found.snapshot.seeds.sites["hill"]
    shown = legal_panel(found.law, found.payments(site), site)
    assert shown["warning"] == "Analysis, not legal advice."
    assert "no screening list" in shown["sample"]
    (part,) = shown["parts"]
    answers = [one.answer for one in part.answers]
    assert answers == sorted(answers, key=["yes", "undetermined", "no"].index)
    assert "CFIUS substantial interest" in part.not_asked
    assert all(one.sentences[0].startswith(one.title) for one in part.answers)


def test_the_dossier_shows_payments_apart_and_scores_do_not_move(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("fox", kind="person", title="Fox", incorporation="NOR")
    made.say("hill", "royalty", 2, unit="percent", payee="fox", payer="hill-co", since="2026-01-01")
    before = made.open().assess(made.day, made.day)
    made.say("fox", "list-entry", "FOX", list="ofac-sdn", since="2026-01-01")
    opened = made.open()
    assessment = opened.assess(made.day, made.day)
    found = report(assessment, opened.holders(assessment.snapshot), opened.data / "places", opened.root)
    site = opened.seeds.sites["hill"]
    row = next(one for one in traced_rows(found) if one["id"].value == "hill")
    page = dossier_page(found, site, row, opened.data)
    assert "Payment exposure, apart from ownership: royalty to Fox" in page
    assert "on the list ofac-sdn" in str(row["payment_exposure"].value)
    assert assessment.sites["hill"].composite.score == before.sites["hill"].composite.score
