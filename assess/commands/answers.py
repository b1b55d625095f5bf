"""`assess score`, and what the commands on answers files share: reading a file, one sheet's profile."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from assess.commands.output import open_output
from assess.errors import AssessError
from assess.files.answers_file import AnswersFile, read_answers
from assess.files.results import Format, write_scores
from assess.files.scoring_files import refuse_what_is_not_scored, score_file
from assess.scoring.form import UnknownForm
from assess.scoring.profile import make_profile
from assess.scoring.results import Profile
from questionnaires.definition import Definition, LanguageId


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
    for sentence in scored.told:
        say(sentence)
    if definition.questionnaire.privacy == "confidential":
        say("This questionnaire is confidential: each row is one person's sheet. Hand on group numbers only.")


def open_answers(definition: Definition, answers: BinaryIO, short_form: str | None = None) -> AnswersFile:
    """An answers file to a questionnaire that can be scored. Raises `BadInput` for a wrong file and
    `AssessError` for a short form that there is not and a kind that is not scored yet."""
    refuse_what_is_not_scored(definition.questionnaire)
    try:
        return read_answers(answers, definition, short_form)
    except UnknownForm as error:
        raise AssessError(str(error)) from error


def profile_of(file: AnswersFile, row: int, digest: str | None = None) -> Profile:
    """The profile of one sheet; `digest` is the questionnaire's content hash, where it is known already."""
    return make_profile(
        file.definition,
        file.perspectives[row],
        file.given(row),
        short_form=file.short_forms[row],
        digest=digest,
    )


def refuse_confidential(file: AnswersFile, row: int) -> None:
    """Raises `AssessError` where nothing may be said about the sheet alone."""
    questionnaire = file.definition.questionnaire
    if questionnaire.privacy == "confidential":
        raise AssessError(
            f"{questionnaire.id} is confidential: only group numbers ever leave, "
            "so there is no report about one sheet."
        )
    if questionnaire.privacy_of(file.perspectives[row]) == "confidential":
        raise AssessError(
            f"Sheet {file.ids[row]} is a direct report's and confidential, "
            "so there is no report about it alone."
        )


def language_of(definition: Definition, language: LanguageId | None) -> LanguageId:
    """The language asked for, or the source language. Raises `AssessError` for one without texts."""
    languages = definition.questionnaire.languages
    if language is not None and language not in languages:
        raise AssessError(
            f"The questionnaire has no texts in {language}.", f"Its languages are: {', '.join(languages)}."
        )
    return language or definition.questionnaire.source_language
