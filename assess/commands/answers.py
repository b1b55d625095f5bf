"""`assess score` and `assess report`: from an answers file to scores and to the personal report."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, TextIO

from assess.errors import AssessError
from assess.files.answers_file import AnswersFile, read_answers
from assess.files.results import Format, write_scores
from assess.files.scoring_files import score_file
from assess.scoring.form import UnknownForm
from assess.scoring.profile import make_profile
from assess.scoring.results import Profile
from assess.settings import Settings
from questionnaires.definition import Definition, LanguageId
from reports.fonts import static_fonts
from reports.pdf import render_personal
from reports.view import AreaProfiles, personal_view


def score_answers(
    definition: Definition, answers: BinaryIO, output: TextIO, form: Format, short_form: str | None
) -> None:
    """Writes a row of scores for each answer sheet."""
    try:
        write_scores(score_file(definition, answers, short_form), output, form)
    except UnknownForm as error:
        raise AssessError(str(error)) from error


def report_from_answers(
    definition: Definition,
    answers: BinaryIO,
    sheet_id: str,
    *,
    language: LanguageId | None,
    name: str,
    settings: Settings,
) -> bytes:
    """The personal report of one sheet as PDF.

    When the file holds the other perspective on the same subject and job area too, the two stand side by
    side. Raises `BadInput` for a wrong file, `NotFound` for an unknown id, `AssessError` for a language that
    the questionnaire does not have.
    """
    languages = definition.questionnaire.languages
    if language is not None and language not in languages:
        raise AssessError(
            f"The questionnaire has no texts in {language}.", f"Its languages are: {', '.join(languages)}."
        )
    file = read_answers(answers, definition)
    row = file.row_of(sheet_id)
    other = _other_perspective(file, row)
    area = AreaProfiles(
        job_area=file.job_areas[row],
        own=_profile(file, row),
        other=None if other is None else _profile(file, other),
    )
    view = personal_view(
        definition,
        [area],
        language=language or definition.questionnaire.source_language,
        first_name=name or file.subjects[row] or sheet_id,
        today=datetime.now(settings.time_zone).date(),
        customer=settings.customer,
        audience="subject" if file.perspectives[row] == "self" else "manager",
    )
    return render_personal(view, static_fonts(_font_cache(settings)))


def _profile(file: AnswersFile, row: int) -> Profile:
    return make_profile(
        file.definition, file.perspectives[row], file.given(row), short_form=file.short_forms[row]
    )


def _other_perspective(file: AnswersFile, row: int) -> int | None:
    """The first sheet about the same subject and job area from the other of self and manager."""
    pair = {"self": "manager", "manager": "self"}
    wanted = (pair.get(file.perspectives[row]), file.subjects[row], file.job_areas[row])
    if not wanted[0] or not wanted[1]:
        return None
    sheets = zip(file.perspectives, file.subjects, file.job_areas, strict=True)
    return next((place for place, sheet in enumerate(sheets) if sheet == wanted), None)


def _font_cache(settings: Settings) -> Path:
    """Where prepared fonts are kept: with the service's data if there is any, else the user's cache."""
    if settings.data.is_dir():
        return settings.data / "fonts"
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "assess" / "fonts"
