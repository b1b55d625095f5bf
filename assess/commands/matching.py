"""`assess match`: how a leader's styles meet the people led, from two answers files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import BinaryIO, Literal, TypeAlias

from assess.commands.answers import language_of, open_answers, profile_of, refuse_confidential
from assess.commands.match_table import write_table
from assess.commands.output import open_output
from assess.errors import AssessError, BadInput
from assess.files.answers_file import AnswersFile
from assess.files.header import NO_ITEM
from assess.files.matches import MatchRow, write_matches
from assess.files.pairs import PersonArea, person_areas
from assess.scoring.match import match
from assess.scoring.results import Profile
from questionnaires.definition import Definition, LanguageId, Situations, content_hash
from questionnaires.problem import Problem
from reports.leader import LeaderView, MatchEntry, in_order, leader_view

MatchFormat: TypeAlias = Literal["table", "csv", "excel", "json"]
Say: TypeAlias = Callable[[str], None]


def match_answers(
    style: tuple[Definition, BinaryIO],
    maturity: tuple[Definition, BinaryIO],
    sheet_id: str | None,
    *,
    language: LanguageId | None,
    customer: str,
    output: str,
    form: MatchFormat,
    say: Say,
) -> None:
    """Writes the match with each person and job area of `maturity` to `output`; `say` gets what is left out.

    `sheet_id`: the leader's own sheet; None where the file has only one. Raises `BadInput` for a wrong file
    and for two sheets where one is wanted, `NotFound` for an unknown id, `AssessError` for a questionnaire
    of another kind, a confidential sheet, a sheet below the minimum, or nobody to match.
    """
    _refuse_other_kinds(style[0], maturity[0])
    chosen = language_of(style[0], language)
    file = _open(*style, "--style-questionnaire")
    row = _leaders_row(file, sheet_id)
    profile = profile_of(file, row)
    if profile.styles is None or not profile.styles.uses:
        raise AssessError(f"Sheet {file.ids[row]} answers too few situations for a result.")
    entries = matches_of(profile, file, row, _open(*maturity, "--maturity-questionnaire"), say)
    if not entries:
        raise AssessError("There is nobody in the second file whose maturity is known.")
    view = leader_view(
        file.definition,
        profile,
        language=chosen,
        first_name=file.subjects[row],
        today=date.min,
        customer=customer,
        matches=entries,
    )
    with open_output(output) as stream:
        if form == "table":
            write_table(view, stream)
        else:
            write_matches(_rows(view, entries), stream, form)


def _open(definition: Definition, answers: BinaryIO, option: str) -> AnswersFile:
    """As `open_answers`; where columns are unknown, the error says which questionnaire the file was read by
    and which `option` names another."""
    try:
        return open_answers(definition, answers)
    except BadInput as error:
        if all(problem.what != NO_ITEM for problem in error.problems):
            raise
        what = f"was read as answers to {definition.questionnaire.id}"
        advice = f"name another questionnaire with {option}"
        found = Problem(error.problems[0].file, 0, what, advice)
        raise BadInput((*error.problems, found), error.count) from error


def matches_of(
    leader: Profile, file: AnswersFile, row: int, maturity: AnswersFile, say: Say
) -> tuple[MatchEntry, ...]:
    """The matches of a leader's profile, made of the sheet at `row` of `file`, with everybody in `maturity`.

    Alphabetical. Left out, and told: the leader, and people of whom neither view has a level. Raises
    `BadInput` for two sheets of one perspective on the same person and area, `AssessError` for a maturity
    questionnaire without a classification.
    """
    _refuse_other_kinds(file.definition, maturity.definition)
    self_row = file.subjects[row].casefold()
    found, unknown = [], []
    digest = content_hash(maturity.definition)
    areas = person_areas(maturity)
    for about in areas:
        if about.subject.casefold() == self_row:
            continue
        entry = _entry(leader, file, maturity, about, digest)
        found += [entry] if entry else []
        unknown += [] if entry else [about]
    if any(about.subject.casefold() == self_row for about in areas):
        say(f"Left out: {file.subjects[row]}, whose style this is.")
    if unknown:
        named = "; ".join(_name(about) for about in unknown)
        say(f"Left out, for neither view has enough answers for a level: {named}.")
    if any(not subject for subject in maturity.subjects):
        say("Left out: sheets that name nobody in the column subject.")
    return tuple(found)


def _entry(
    leader: Profile, file: AnswersFile, maturity: AnswersFile, about: PersonArea, digest: str
) -> MatchEntry | None:
    scoring = file.definition.questionnaire.scoring
    assert leader.styles is not None
    assert isinstance(scoring, Situations)
    own = None if about.own is None else profile_of(maturity, about.own, digest)
    manager = None if about.manager is None else profile_of(maturity, about.manager, digest)
    questionnaire = maturity.definition.questionnaire
    result = match(leader.styles, scoring, questionnaire, own, manager, leader.interval)
    if result is None:
        return None
    quadrants = questionnaire.classification
    return MatchEntry(
        name=about.subject,
        first_name=about.subject,
        job_area=about.job_area,
        match=result,
        agreement_from=quadrants.agreement_from if quadrants else 0.50,
    )


def _name(about: PersonArea) -> str:
    return " / ".join(name for name in (about.subject, about.job_area) if name)


def _leaders_row(file: AnswersFile, sheet_id: str | None) -> int:
    """The leader's own sheet: the one asked for, or the only one there is."""
    if sheet_id is not None:
        row = file.row_of(sheet_id)
        refuse_confidential(file, row)
        if file.perspectives[row] != "self":
            raise AssessError(f"Sheet {sheet_id} is no leader's own sheet.")
        return row
    own = [row for row, perspective in enumerate(file.perspectives) if perspective == "self"]
    if not own:
        raise AssessError(f"{file.name} has no leader's own sheet.", "Its perspective is “self”.")
    if len(own) > 1:
        raise AssessError(f"{file.name} has {len(own)} own sheets.", "Say with --id whose match is wanted.")
    refuse_confidential(file, own[0])
    return own[0]


def _refuse_other_kinds(style: Definition, maturity: Definition) -> None:
    if not isinstance(style.questionnaire.scoring, Situations):
        raise AssessError(
            f"{style.questionnaire.id} does not measure leadership style.",
            "A questionnaire of situations does.",
        )
    if maturity.questionnaire.classification is None:
        raise AssessError(
            f"{maturity.questionnaire.id} has no levels to meet.",
            "A questionnaire with a classification has.",
        )


def _rows(view: LeaderView, entries: Sequence[MatchEntry]) -> tuple[MatchRow, ...]:
    """The figures of the entries with the words of the view, in the order of the view."""
    cards = view.match.cards if view.match else ()
    return tuple(
        MatchRow(
            subject=card.name,
            job_area=card.job_area,
            language=view.language,
            match=entry.match,
            advice=card.advice if card.advice_given else "",
            question="" if card.advice_given else card.advice,
            reason=card.reason,
        )
        for card, entry in zip(cards, in_order(entries, view.language), strict=True)
    )
