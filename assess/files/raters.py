"""Direct reports' sheets of a file: never one by one, only together as the group of a subject."""

from __future__ import annotations

from contextlib import suppress

from assess.disclosure.thresholds import DEFAULT_GROUP
from assess.files.answers_file import AnswersFile
from assess.files.results import ResultRow
from assess.scoring.comparison import NotComparable
from assess.scoring.profile import make_profile
from assess.scoring.raters import TooFewRaters, rater_group
from assess.scoring.results import Profile
from assess.scoring.style_results import RaterGroup
from questionnaires.definition import PerspectiveId, Situations

RATERS: PerspectiveId = "direct-report"

NO_ROW_EACH = "Direct reports' sheets are confidential: none of them has a row of its own."
GROUPS_ONLY = f"On a subject with at least {DEFAULT_GROUP} of them there is one row together."
TOO_FEW = "On a subject with fewer, or none, there is no row."
NO_SUBJECT = "Those that name nobody in the column subject belong to no row."
NO_SCALES = "Scales are not worked out for a group yet."


def rows_on(file: AnswersFile, subject: str) -> tuple[int, ...]:
    """The places of the direct reports' sheets on a subject, in the order of the file."""
    return tuple(
        row
        for row, (perspective, about) in enumerate(zip(file.perspectives, file.subjects, strict=True))
        if perspective == RATERS and about == subject
    )


def group_on(file: AnswersFile, subject: str, own: Profile | None) -> RaterGroup:
    """The direct reports of a subject as a group, beside the subject's own profile if there is one.

    Raises `TooFewRaters` where fewer than `DEFAULT_GROUP` answered enough: it does not tell how many.
    """
    return _group(file, rows_on(file, subject), own)


def group_rows(file: AnswersFile) -> tuple[tuple[ResultRow, ...], tuple[str, ...]]:
    """A row for each subject with enough direct reports, in the order in which the file first names them,
    and sentences about what has no row; both empty where the questionnaire does not ask direct reports.

    What is said of subjects does not depend on whether they have too few or none.
    """
    if RATERS not in file.definition.questionnaire.perspectives:
        return (), ()
    if not isinstance(file.definition.questionnaire.scoring, Situations):
        return (), (NO_ROW_EACH, NO_SCALES)
    by_subject: dict[str, list[int]] = {}
    own: dict[str, list[int]] = {}
    for row, (perspective, subject) in enumerate(zip(file.perspectives, file.subjects, strict=True)):
        if perspective in (RATERS, "self"):
            (by_subject if perspective == RATERS else own).setdefault(subject, []).append(row)
    rows: list[ResultRow] = []
    told = [NO_ROW_EACH, GROUPS_ONLY, TOO_FEW]
    if by_subject.pop("", []):
        told.append(NO_SUBJECT)
    for subject, sheets in by_subject.items():
        sheets_of_own = own.get(subject, [])
        profile = _profile(file, sheets_of_own[0]) if len(sheets_of_own) == 1 else None
        with suppress(TooFewRaters):
            rows.append(_row(subject, _group(file, tuple(sheets), profile)))
    return tuple(rows), tuple(told)


def _group(file: AnswersFile, rows: tuple[int, ...], own: Profile | None) -> RaterGroup:
    sheets = [file.given(row) for row in rows]
    try:
        return rater_group(file.definition, own, sheets, least=DEFAULT_GROUP)
    except NotComparable:  # a short form of the own sheet that asks none of the same situations
        return rater_group(file.definition, None, sheets, least=DEFAULT_GROUP)


def _row(subject: str, group: RaterGroup) -> ResultRow:
    return ResultRow(
        id="",
        perspective=RATERS,
        subject=subject,
        job_area="",
        form=None,
        scales=(),
        classification=None,
        raters=group,
    )


def _profile(file: AnswersFile, row: int) -> Profile:
    return make_profile(
        file.definition, file.perspectives[row], file.given(row), short_form=file.short_forms[row]
    )
