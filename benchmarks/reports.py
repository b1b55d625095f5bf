"""The reports: pages, seconds, ratio to a one-line document, reports a minute on all cores.

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

import msgspec

from assess.scoring.match import match
from assess.scoring.profile import make_profile
from assess.scoring.results import ClassificationResult, Given, Profile
from questionnaires.definition import (
    Definition,
    LevelId,
    PerspectiveId,
    RatingItem,
    SituationItem,
    Situations,
    StyleId,
)
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder
from reports.fonts import Fonts, static_fonts
from reports.leader import LeaderView, MatchEntry, leader_view
from reports.pdf import VARIANT, Press, press, render_document
from reports.view import AreaProfiles, PersonalView, personal_view

YARDSTICK = "one line"
KEPT = "one line, fonts and styles kept"
LEADER = "leader, no match"
LEADER_OF_EIGHT = "leader, match of eight"
CHOSEN: dict[LevelId, str] = {"M1": "11122", "M2": "22213", "M3": "33324", "M4": "44332"}
"""The styles that the measured leader chooses in the situations of each level."""
ONE_LINE = '<html lang="da"><head><title>En linje</title></head><body><p>Én linje på dansk.</p></body></html>'


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--minute", type=int, default=40, help="reports for the figure on all cores")
    chosen = arguments.parse_args()
    definition, styles = read_folder(LIBRARY / "job-maturity"), read_folder(LIBRARY / "leadership-style")
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        fonts = static_fonts(Path(folder))
        print(f"fonts made in {time.perf_counter() - started:.1f} s, once for each machine")
        _report(views(definition) | leader_views(styles, definition), fonts, chosen.rounds)
        _all_cores(definition, fonts, chosen.minute)


def views(definition: Definition) -> dict[str, PersonalView | LeaderView]:
    """The personal reports that are measured, by name."""
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


def leader_views(definition: Definition, maturity: Definition) -> dict[str, PersonalView | LeaderView]:
    """The leader's reports that are measured: alone, and with eight people whom both see the same."""
    left = {level: list(styles) for level, styles in CHOSEN.items()}
    answers: dict[str, Given] = {}
    for item in definition.questionnaire.items:
        if isinstance(item, SituationItem):
            style: StyleId = f"S{left[item.calls_for].pop(0)}"  # type: ignore[assignment]
            answers[item.id] = item.actions.index(style) + 1
    own = make_profile(definition, "self", answers)
    people = tuple(_entry(definition, maturity, own, number) for number in range(8))
    return {
        name: leader_view(
            definition,
            own,
            language="da",
            first_name="Karen",
            last_name="Bjerregaard",
            today=date(2026, 1, 1),
            organisation="Rugbrød",
            matches=entries,
        )
        for name, entries in ((LEADER, ()), (LEADER_OF_EIGHT, people))
    }


def _entry(definition: Definition, maturity: Definition, own: Profile, number: int) -> MatchEntry:
    """An employee whom both see clearly at one level, another one for each number."""
    scoring = definition.questionnaire.scoring
    assert isinstance(scoring, Situations)
    assert own.styles is not None
    levels: list[LevelId] = ["M1", "M2", "M3", "M4"]
    chances = {level: 0.85 if place == number % 4 else 0.05 for place, level in enumerate(levels)}
    seen = ClassificationResult(
        name="ability-and-willingness",
        probabilities=chances,
        level=levels[number % 4],
        probability=0.85,
        borderline=False,
        mixed=(),
        called_for={},
    )
    both: tuple[PerspectiveId, PerspectiveId] = ("self", "manager")
    employee, manager = (
        msgspec.structs.replace(profile(maturity, perspective, 3), classification=seen)
        for perspective in both
    )
    found = match(own.styles, scoring, maturity.questionnaire, employee, manager, 0.9)
    assert found is not None
    return MatchEntry(f"Person {number}", f"Person {number}", "Surdejsbrød", found)


def _report(shown: dict[str, PersonalView | LeaderView], fonts: Fonts, rounds: int) -> None:
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
