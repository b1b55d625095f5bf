"""The own talks: what comes next first, then what was held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from assess.talks import talks as use_cases
from assess.talks.types import Talk
from assess.web import language, person
from assess.web.asks import asks
from assess.web.services import services
from assess.web.talks.blueprint import blueprint
from assess.web.talks.frame import heading
from assess.web.talks.moments import Moment, moment_of
from assess.web.talks.steps_in_words import Next, next_of


@dataclass(frozen=True, slots=True)
class Line:
    """A talk as the list shows it."""

    talk: Talk
    heading: str
    moment: Moment
    next: Next


@blueprint.get("")
@asks("see-talks")
def home() -> ResponseReturnValue:
    """Those to come in their order, those that should have been held, then the past, newest first."""
    store, session, now = services().store, person.session(), services().now
    found = use_cases.talks_of(store, session.actor, now)
    planned = sorted((one for one in found if one.state == "planned"), key=lambda one: one.starts_at)
    past = sorted(
        (one for one in found if one.state != "planned"), key=lambda one: one.starts_at, reverse=True
    )
    is_over = {one.id: one.starts_at + timedelta(minutes=one.minutes) <= now for one in planned}
    return render_template(
        "talks.html",
        person=session,
        coming=[_line(one) for one in planned if not is_over[one.id]],
        gone_by=[_line(one) for one in planned if is_over[one.id]],
        held=[_line(one) for one in past if one.state == "held"],
        cancelled=[_line(one) for one in past if one.state == "cancelled"],
        may_plan=bool(use_cases.candidates(store, session.actor, language.current(), now)),
    )


def _line(talk: Talk) -> Line:
    moment = moment_of(talk.starts_at, talk.minutes)
    return Line(talk, heading(talk), moment, next_of(talk, (), person.session().person_id, services().now))
