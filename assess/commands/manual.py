"""`assess manual`: from an answers file to the questionnaire's technical manual."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from assess.commands.answers import language_of, open_answers
from assess.commands.reporting import font_cache
from assess.disclosure.thresholds import DEFAULT_GROUP
from assess.files.answers_file import AnswersFile, Group
from assess.files.pairs import person_areas
from assess.settings import Settings
from questionnaires.definition import Definition, LanguageId
from reports.fonts import static_fonts
from reports.manual import ManualGroup, ManualPairs, manual_view
from reports.pdf import render_document


def manual_from_answers(
    definition: Definition,
    answers: BinaryIO | None,
    *,
    language: LanguageId | None,
    organisation: str = "",
    short_form: str | None = None,
    least: int = DEFAULT_GROUP,
    settings: Settings,
    say: Callable[[str], None],
) -> bytes:
    """The technical manual as PDF; `say` gets a line on the sheets behind it.

    Without `answers` every chapter on figures says which data it waits for. Raises `BadInput` for a wrong
    file and for two sheets of one perspective on the same person and area, `AssessError` for a language or
    short form that the questionnaire does not have and for a kind that is not scored.
    """
    chosen = language_of(definition, language)
    file = None if answers is None else open_answers(definition, answers, short_form)
    groups = () if file is None else tuple(_group(file, group, group.rows) for group in file.groups())
    view = manual_view(
        definition,
        groups,
        pairs=None if file is None else _pairs(file),
        language=chosen,
        today=datetime.now(settings.time_zone).date(),
        organisation=organisation,
        customer=settings.customer,
        least=least,
    )
    rendered = render_document(view, static_fonts(font_cache(settings)))
    shown = [group.n for group in view.figures if group.n is not None]
    say(f"Made of {sum(shown)} sheets: {rendered.pages} pages.")
    return rendered.pdf


def _group(file: AnswersFile, group: Group, rows: npt.NDArray[np.int64]) -> ManualGroup:
    """Some sheets of a group, in the order of `rows` (places in the file)."""
    place = {row: column for column, row in enumerate(group.rows.tolist())}
    columns = [place[row] for row in rows.tolist()]
    languages = tuple(file.languages[row] for row in rows.tolist())
    return ManualGroup(
        form=group.form,
        answers=np.ascontiguousarray(group.matrix[:, columns]),
        seconds=file.seconds[rows],
        subjects=tuple(file.subjects[row] for row in rows.tolist()),
        languages=languages if any(languages) else (),
    )


def _pairs(file: AnswersFile) -> ManualPairs | None:
    """Own and manager's sheets of the same people and areas, both in full; None without any."""
    full = {group.perspective: group for group in file.groups() if group.short_form is None}
    if not {"self", "manager"} <= set(full):
        return None
    places = {name: set(full[name].rows.tolist()) for name in ("self", "manager")}
    found = [
        (area.own, area.manager)
        for area in person_areas(file)
        if area.own in places["self"] and area.manager in places["manager"]
    ]
    if not found:
        return None
    own, manager = np.array(found, np.int64).T
    return ManualPairs(_group(file, full["self"], own), _group(file, full["manager"], manager))
