"""From the results of a task (`assess/answering/`) to the view of them: page, PDF and job alike."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from assess.answering.types import AreaResult, Results, StoredProfile
from questionnaires.definition import LanguageId
from reports.view.inputs import AreaProfiles
from reports.view.parts import PersonalView
from reports.view.personal import personal_view


def view_of_results(results: Results, language: LanguageId, zone: ZoneInfo) -> PersonalView | None:
    """The personal view of the results for their viewer; None while nothing of the viewer's is submitted.

    A respondent who answers about somebody else gets the manager's view of that person. Dates are those of
    `zone`. Contains only what `results` holds: who may see what was decided there. So does its date, that of
    the newest result: the day on which a report happened to be made could tell a manager that the employee
    has decided something.
    """
    task = results.task
    areas = tuple(_area(area, area.own, language, zone) for area in results.areas if area.own is not None)
    if not areas:
        return None
    subject = task.subject
    return personal_view(
        task.definition,
        areas,
        language=language,
        first_name=subject.first_name,
        last_name=subject.name.removeprefix(subject.first_name).strip(),
        today=max(day for area in areas for day in (area.own_date, area.other_date) if day is not None),
        organisation=task.organisation.name,
        customer=task.organisation.customer,
        audience="subject" if task.perspective == "self" else "manager",
    )


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


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
