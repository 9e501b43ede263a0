"""Scores at scale: an invented registry in Parquet, the real one embedded, from the file to the table of scores.

Beside the step from findings to scores of a dimension stands a plain pandas loop over its subjects.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SITES, STAKES = 100_000, 120_000
TARGET_S, TARGET_MIB = 20.0, 3072.0
LOOPED = 2_000
"""Subjects the plain loop is given; its time is scaled to all."""
ROOT = Path(__file__).resolve().parents[2]


def run() -> dict[str, object]:
    """Return seconds per step, peak memory, and whether the embedded sites score the same; ``SITES`` sets the size."""
    sites = int(os.environ.get("SITES", SITES))
    with tempfile.TemporaryDirectory() as folder:
        for step in ("invent", "score"):
            ran = subprocess.run(
                [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT / 'tests' / 'bench')!r}); "
                 f"import scoring; scoring.{step}({folder!r}, {sites})"],
                cwd=ROOT, check=True, capture_output=True, text=True,
            )  # fmt: skip
    figures: dict[str, object] = json.loads(ran.stdout)
    return {"invented sites": sites, **figures, "wanted: seconds, MiB": f"{TARGET_S:g}, {TARGET_MIB:g}"}


def invent(folder: str, sites: int) -> None:
    """Write the registry; a process of its own, so that its memory is in no figure."""
    from _inventing import invented

    from georisk.tables import write_tables
    from georisk.workspace import open_workspace

    seeds = invented(open_workspace(ROOT).seeds, sites, sites * STAKES // SITES)
    write_tables(seeds, Path(folder) / "seeds")


def score(folder: str, sites: int) -> None:
    """Open, look, score and tabulate; print the figures as JSON."""
    import resource
    import time

    from georisk.assessment import assess, score_frame
    from georisk.workspace import open_workspace

    day, marks = "2026-11-21", [("", time.perf_counter(), time.process_time())]

    def done(name: str) -> None:
        marks.append((name, time.perf_counter(), time.process_time()))

    workspace = open_workspace(folder)
    done("read the tables")
    snapshot = workspace.snapshot(day, day)
    done("look with both clocks")
    found = assess(snapshot, workspace.method(), workspace.data / "reference")
    done("two runs of the method")
    table = score_frame(found)
    done("table of scores")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures: dict[str, object] = {
        f"{name}, s (of the processor)": f"{wall - before[1]:.1f} ({busy - before[2]:.1f})"
        for before, (name, wall, busy) in zip(marks, marks[1:], strict=False)
    }
    figures["end to end, s (of the processor)"] = f"{marks[-1][1] - marks[0][1]:.1f} ({marks[-1][2] - marks[0][2]:.1f})"
    figures["peak memory, MiB"] = round(peak)
    real = open_workspace(ROOT)
    alone = score_frame(assess(real.snapshot(day, day), real.method(), real.data / "reference"))
    figures["embedded sites score the same to the last digit"] = same(table, alone)
    print(json.dumps(figures | _beside(found)))


def same(table: object, alone: object) -> bool:
    """Say whether the sites of one table of scores stand in another with the very same numbers."""
    import pandas as pd

    assert isinstance(table, pd.DataFrame)
    assert isinstance(alone, pd.DataFrame)
    keys = ["site", "part", "dimension"]
    inside = table[table["site"].isin(set(alone["site"]))].sort_values(keys).reset_index(drop=True)
    return bool(inside.equals(alone.sort_values(keys).reset_index(drop=True)))


def _beside(found: object) -> dict[str, object]:
    """Return the time of one dimension's scores, and that of a loop over its subjects doing the same."""
    import time

    from georisk import scoring
    from georisk.assessment import Assessment

    assert isinstance(found, Assessment)
    marks = scoring.score_subjects(found.evidence).marks.drop(columns="points")
    own = marks[marks["dimension"] == "opacity"].reset_index(drop=True)
    started = time.perf_counter()
    _, table = scoring._score_dimension(own, "opacity", found.method)
    fast = time.perf_counter() - started
    subjects = own["subject"].unique()[:LOOPED]
    few = own[own["subject"].isin(set(subjects))]
    started = time.perf_counter()
    looped = {}
    for subject, rows in few.groupby("subject"):
        known = rows[rows["reason"] == ""]
        looped[subject] = (known["risk"] * known["weight"]).sum() / known["weight"].sum() if len(known) else None
    slow = (time.perf_counter() - started) * len(table) / len(subjects)
    return {
        "one dimension from findings to scores, s": round(fast, 2),
        "  a plain pandas loop over the same, s (scaled)": round(slow, 1),
        "  ratio": round(slow / fast, 1),
    }
