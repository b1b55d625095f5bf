"""`assess score` and `assess report`: from an answers file to scores and to the personal report."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from assess.commands.output import open_output
from assess.errors import AssessError
from assess.files.answers_file import AnswersFile, read_answers
from assess.files.pairs import pair_of
from assess.files.results import Format, write_scores
from assess.files.scoring_files import refuse_what_is_not_scored, score_file
from assess.scoring.form import UnknownForm
from assess.scoring.profile import make_profile
from assess.scoring.results import Profile
from assess.settings import Settings
from questionnaires.definition import Definition, LanguageId, Questionnaire
from reports.fonts import static_fonts
from reports.pdf import render_personal
from reports.view import AreaProfiles, personal_view


def score_answers(
    definition: Definition,
    answers: BinaryIO,
    output: str,
    form: Format,
    short_form: str | None,
    say: Callable[[str], None],
) -> None:
    """Writes a row of scores for each answer sheet to the file `output`, or to standard output for `-`."""
    try:
        scored = score_file(definition, answers, short_form)
    except UnknownForm as error:
        raise AssessError(str(error)) from error
    with open_output(output) as stream:
        write_scores(scored, stream, form)
    if definition.questionnaire.privacy == "confidential":
        say("This questionnaire is confidential: each row is one person's sheet. Hand on group numbers only.")


def report_from_answers(
    definition: Definition,
    answers: BinaryIO,
    sheet_id: str,
    *,
    language: LanguageId | None,
    name: str,
    short_form: str | None = None,
    settings: Settings,
    say: Callable[[str], None],
) -> bytes:
    """The personal report of one sheet as PDF; `say` gets a line that names the sheets in it.

    When the file holds the other perspective on the same subject and job area too, the two stand side by
    side. Raises `BadInput` for a wrong file and for two sheets where one is wanted, `NotFound` for an unknown
    id, `AssessError` for a language or short form that the questionnaire does not have, for a kind that is
    not scored yet, and for what is confidential.
    """
    refuse_what_is_not_scored(definition.questionnaire)
    _refuse_confidential(definition.questionnaire)
    languages = definition.questionnaire.languages
    if language is not None and language not in languages:
        raise AssessError(
            f"The questionnaire has no texts in {language}.", f"Its languages are: {', '.join(languages)}."
        )
    try:
        file = read_answers(answers, definition, short_form)
    except UnknownForm as error:
        raise AssessError(str(error)) from error
    row = file.row_of(sheet_id)
    if file.perspectives[row] == "direct-report":
        raise AssessError(
            f"Sheet {sheet_id} is a direct report's and confidential, so there is no report about it alone."
        )
    pair = pair_of(file, row)
    other = pair.other
    area = AreaProfiles(
        job_area=file.job_areas[row],
        own=_profile(file, row),
        other=None if other is None else _profile(file, other),
    )
    view = personal_view(
        definition,
        [area],
        language=language or definition.questionnaire.source_language,
        first_name=name or file.subjects[row],
        sheet=sheet_id,
        today=datetime.now(settings.time_zone).date(),
        customer=settings.customer,
        audience="subject" if file.perspectives[row] == "self" else "manager",
    )
    say(f"Made of: {pair.told}.")
    return render_personal(view, static_fonts(_font_cache(settings)))


def _refuse_confidential(questionnaire: Questionnaire) -> None:
    if questionnaire.privacy == "confidential":
        raise AssessError(
            f"{questionnaire.id} is confidential: only group numbers ever leave, "
            "so there is no report about one sheet."
        )


def _profile(file: AnswersFile, row: int) -> Profile:
    return make_profile(
        file.definition, file.perspectives[row], file.given(row), short_form=file.short_forms[row]
    )


def _font_cache(settings: Settings) -> Path:
    """Where prepared fonts are kept: with the service's data if there is any, else the user's cache."""
    if settings.data.is_dir():
        return settings.data / "fonts"
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "assess" / "fonts"
