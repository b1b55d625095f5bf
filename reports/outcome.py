"""From the results of a task (`assess/answering/`) to the view of them: page, PDF and job alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assess.answering.types import AreaResult, Results, StoredProfile, Task
from questionnaires.definition import Definition, LanguageId, RatingScales, Situations
from reports.leader import LeaderView, MatchEntry, RatersNote, leader_view
from reports.view.inputs import AreaProfiles
from reports.view.parts import PersonalView
from reports.view.personal import MOST_AREAS, personal_view


def view_of_results(
    results: Results, language: LanguageId, zone: ZoneInfo, *, coach: bool = False
) -> PersonalView | LeaderView | None:
    """The view of the results for their viewer; None while nothing of the viewer's is submitted.

    For a `coach` the results are those of the subject's own task, as far as the coach may see them.
    The kind of scoring decides which view it is (`VIEWS`). Dates are those of `zone`. Contains only what
    `results` holds: who may see what was decided there. So does its date, that of the newest result: the day
    on which a report happened to be made could tell a manager that the employee has decided something.
    """
    if all(area.own is None for area in results.areas):
        return None
    return VIEWS[type(results.task.definition.questionnaire.scoring)](results, language, zone, coach)


def _personal(results: Results, language: LanguageId, zone: ZoneInfo, coach: bool) -> PersonalView:
    """A respondent who answers about somebody else gets the manager's view of that person."""
    task = results.task
    areas = tuple(_area(area, area.own, language, zone) for area in results.areas if area.own is not None)
    if task.perspective == "manager":  # what is shared with a manager who has not rated this area
        shared = (_shared(area, language, zone) for area in results.areas if area.own is None)
        areas = (*areas, *(one for one in shared if one is not None))[:MOST_AREAS]
    return personal_view(
        task.definition,
        areas,
        language=language,
        first_name=task.subject.first_name,
        last_name=_last_name(task),
        today=max(day for area in areas for day in (area.own_date, area.other_date) if day is not None),
        organisation=task.organisation.name,
        customer=task.organisation.customer,
        audience="coach" if coach else "subject" if task.perspective == "self" else "manager",
    )


def _leader(results: Results, language: LanguageId, zone: ZoneInfo, coach: bool) -> LeaderView:  # noqa: ARG001
    """The leader's own answers, written to the leader whoever reads; of direct reports' answers there is
    nothing in `results`."""
    task = results.task
    own = next(area.own for area in results.areas if area.own is not None)
    return leader_view(
        task.definition,
        own.profile,
        language=language,
        first_name=task.subject.first_name,
        last_name=_last_name(task),
        today=_day(own.made_at, zone),
        organisation=task.organisation.name,
        customer=task.organisation.customer,
        matches=tuple(
            MatchEntry(
                name=found.person.name,
                first_name=found.person.first_name,
                job_area=found.job_area.name(language) if found.job_area else "",
                match=found.match,
                wave=found.wave,
                rated_on=_day(found.rated_at, zone),
            )
            for found in results.matches
        ),
        answered_again=_day(results.answered_again, zone) if results.answered_again else None,
        raters_note=_raters_note(task.definition),
    )


VIEWS: dict[type, Callable[[Results, LanguageId, ZoneInfo, bool], PersonalView | LeaderView]] = {
    RatingScales: _personal,
    Situations: _leader,
}
"""The visible table: kind of scoring -> what makes the view of it."""


def _raters_note(definition: Definition) -> RatersNote:
    """Whether others can be asked at all; whether they were, nobody tells."""
    return "confidential" if "direct-report" in definition.questionnaire.perspectives else "not-asked"


def _last_name(task: Task) -> str:
    return task.subject.name.removeprefix(task.subject.first_name).strip()


def _area(area: AreaResult, own: StoredProfile, language: LanguageId, zone: ZoneInfo) -> AreaProfiles:
    other = area.other
    return AreaProfiles(
        job_area=area.job_area.name(language) if area.job_area else "",
        own=own.profile,
        other=other.profile if other else None,
        comparison=area.comparison,
        own_date=_day(own.made_at, zone),
        other_date=_day(other.made_at, zone) if other else None,
    )


def _shared(area: AreaResult, language: LanguageId, zone: ZoneInfo) -> AreaProfiles | None:
    if area.other is None:
        return None
    alone = AreaResult(job_area=area.job_area, own=area.other, other=None, comparison=None)
    return _area(alone, area.other, language, zone)


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
