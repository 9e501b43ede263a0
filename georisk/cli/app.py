"""The command line: one place that names every command. Heavy libraries load when a command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from georisk import __version__
from georisk.cli import changes, explain, geocode, interchange, near, outputs, places, registry, scores, screen
from georisk.cli.audit import audit
from georisk.cli.backtest import backtest
from georisk.cli.lists import lists
from georisk.cli.news import news
from georisk.cli.options import remember_workspace
from georisk.cli.sensitivity import sensitivity
from georisk.cli.whatif import whatif

app = typer.Typer(
    name="georisk",
    help="An evidence-first registry of critical-mineral projects: where they are, who owns and pays for them, "
    "how risky that is, and what changed. Analysis, not legal advice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback(invoke_without_command=True)
def _main(
    context: typer.Context,
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace", help="Folder that holds seeds/; may also stand after the command.", show_default=False
        ),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    remember_workspace(workspace)
    if version:
        typer.echo(f"georisk {__version__}")
        raise typer.Exit


app.command("build")(outputs.build)
app.command("check")(registry.check)
app.command("init")(registry.init)
app.command("sites")(registry.sites)
app.command("score")(scores.score)
app.command("owners")(scores.owners)
app.command("explain")(explain.explain)
app.command("dossier")(explain.dossier)
app.command("method")(explain.method)
app.command("map")(outputs.map_)
app.command("table")(outputs.table)
app.command("geocode")(geocode.geocode)
app.command("locate")(places.locate)
app.command("near")(near.near)
app.command("overlay")(near.overlay)
app.command("screen")(screen.screen)
app.command("export")(interchange.export)
app.command("import")(interchange.import_)
app.command("diff")(changes.diff)
app.command("rescore")(changes.rescore)
app.command("audit")(audit)
app.command("backtest")(backtest)
app.command("whatif")(whatif)
app.command("sensitivity")(sensitivity)
app.add_typer(lists)
app.add_typer(interchange.parties, name="parties")
app.add_typer(news)
