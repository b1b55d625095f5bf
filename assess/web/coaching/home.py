"""Who shares with the coach, and each shared profile."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from assess.errors import NotFound
from assess.personal_data.coaching import coached, coached_results
from assess.web import language, person
from assess.web.answer.results import Ways, page_of
from assess.web.asks import asks
from assess.web.coaching.blueprint import blueprint
from assess.web.services import services
from reports.outcome import view_of_results


@blueprint.get("")
@asks("see-shared")
def home() -> ResponseReturnValue:
    """The people, alphabetically."""
    session = person.session()
    zone = services().settings.time_zone
    return render_template(
        "coaching.html",
        person=session,
        people=coached(services().store, session.actor, language.current(), services().now),
        day=lambda moment: language.day(moment, zone),
    )


@blueprint.get("/profiles/<task_id>")
@asks("see-shared")
def profile(task_id: str) -> ResponseReturnValue:
    """One profile, as the result page shows it. The person sees that it was looked at."""
    session = person.session()
    found = coached_results(services().store, session.actor, task_id, language.current(), services().now)
    view = view_of_results(found, language.current(), services().settings.time_zone, coach=True)
    if view is None:
        raise NotFound("There is no such profile.")
    return page_of(found, view, "people.html", Ways(), person=session, coach_reads=True)
