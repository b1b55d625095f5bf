"""The personal report: pages, seconds, ratio to a one-line document, reports a minute on all cores.

    python -m benchmarks.reports [--rounds 7] [--minute 40]

Run it from the repository. The yardstick is one line of text set by WeasyPrint with the same style sheet and
fonts as WeasyPrint does it by itself: both loaded for the document. It is measured in the same process, in
turn with the reports, so that a busy machine slows both. Reports keep style sheet and fonts loaded; the same
one line with both kept is shown too.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from statistics import median

from assess.scoring.profile import make_profile
from assess.scoring.results import Given, Profile
from questionnaires.definition import Definition, PerspectiveId, RatingItem
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder
from reports.fonts import Fonts, static_fonts
from reports.pdf import VARIANT, Press, press, render_document
from reports.view import AreaProfiles, PersonalView, personal_view

YARDSTICK = "one line"
KEPT = "one line, fonts and styles kept"
ONE_LINE = '<html lang="da"><head><title>En linje</title></head><body><p>Én linje på dansk.</p></body></html>'


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--minute", type=int, default=40, help="reports for the figure on all cores")
    chosen = arguments.parse_args()
    definition = read_folder(LIBRARY / "job-maturity")
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        fonts = static_fonts(Path(folder))
        print(f"fonts made in {time.perf_counter() - started:.1f} s, once for each machine")
        _report(definition, fonts, chosen.rounds)
        _all_cores(definition, fonts, chosen.minute)


def views(definition: Definition) -> dict[str, PersonalView]:
    """The reports that are measured, by name."""
    short = next(iter(definition.questionnaire.short_forms))
    own, other = profile(definition, "self", 4), profile(definition, "manager", 3)
    second = AreaProfiles("Kassen", profile(definition, "self", 3, short))
    areas = {
        "one job area, self": [AreaProfiles("Surdejsbrød", own)],
        "one job area, self and manager": [AreaProfiles("Surdejsbrød", own, other)],
        "two job areas, self": [AreaProfiles("Surdejsbrød", own), second],
    }
    return {
        name: personal_view(
            definition,
            found,
            language="da",
            first_name="Amina",
            last_name="Holm",
            today=date(2026, 1, 1),
            organisation="Rugbrød",
        )
        for name, found in areas.items()
    }


def profile(
    definition: Definition, perspective: PerspectiveId, level: int, short: str | None = None
) -> Profile:
    """A full sheet whose answers go up and down around `level`."""
    questionnaire = definition.questionnaire
    everything = tuple(item.id for item in questionnaire.items)
    asked = questionnaire.short_forms[short].items if short else everything
    asked = tuple(i for i in asked if i in (questionnaire.perspectives[perspective].items or everything))
    answers: dict[str, Given] = {}
    for number, item in enumerate(questionnaire.items):
        if item.id in asked and isinstance(item, RatingItem):
            value = min(max(level + number % 3 - 1, 1), 5)
            answers[item.id] = 6 - value if item.reverse else value
    return make_profile(definition, perspective, answers, short_form=short)


def _report(definition: Definition, fonts: Fonts, rounds: int) -> None:
    shown = views(definition)
    pages = {name: render_document(view, fonts).pages for name, view in shown.items()}
    kept = press(fonts)
    timed: dict[str, list[float]] = {name: [] for name in (YARDSTICK, KEPT, *shown)}
    for _ in range(rounds):
        timed[YARDSTICK].append(_seconds(lambda: one_line(Press(fonts))))
        timed[KEPT].append(_seconds(lambda: one_line(kept)))
        for name, view in shown.items():
            timed[name].append(_seconds(lambda view=view: render_document(view, fonts)))  # type: ignore[misc]
    yardstick = median(timed[YARDSTICK])
    for name, seconds in timed.items():
        middle = median(seconds)
        print(f"{name:34} {pages.get(name, 1):2} pages {middle:7.3f} s {middle / yardstick:6.1f} ×")


def one_line(own: Press) -> bytes:
    """A page with one line: the same style sheet, fonts and kind of PDF."""
    pdf: bytes = own.lay_out(ONE_LINE).write_pdf(pdf_variant=VARIANT)
    return pdf


def _all_cores(definition: Definition, fonts: Fonts, number: int) -> None:
    view = views(definition)["one job area, self and manager"]
    cores = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(cores, initializer=render_document, initargs=(view, fonts)) as pool:
        list(pool.map(render_document, [view] * cores, [fonts] * cores))
        seconds = _seconds(lambda: list(pool.map(render_document, [view] * number, [fonts] * number)))
    print(f"{number / seconds * 60:.0f} reports a minute on {cores} cores (self and manager)")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
