"""The own talks: what comes next first, then what was held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from assess.talks import talks as use_cases
from assess.talks.earlier import live_agreements
from assess.talks.moving_on import to_move_on
from assess.talks.types import Agreement, Talk
from assess.web import language, person
from assess.web.asks import asks
from assess.web.services import services
from assess.web.talks.agreement_lines import AgreementLine, agreement_line
from assess.web.talks.agreements import AGREES
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

    @property
    def address(self) -> str:
        """Of the talk; where the visitor sees it no more, of the own notes that are left."""
        page = "talks.notes" if self.talk.role == "former" else "talks.talk"
        return url_for(page, talk_id=self.talk.id)


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """An agreement, and of which talk it is."""

    talk_id: str
    heading: str
    line: AgreementLine


@dataclass(frozen=True, slots=True)
class Waiting:
    """Agreements of all talks that wait for the visitor, each with whom it was made."""

    to_sign: tuple[WaitingLine, ...]
    to_keep: tuple[WaitingLine, ...]
    """Signed by the visitor, and to be seen to by the visitor."""


@blueprint.get("")
@asks("see-talks")
def home() -> ResponseReturnValue:
    """Those to come in their order, what waits, those that should have been held, then the past, newest
    first."""
    store, session, now = services().store, person.session(), services().now
    found = use_cases.talks_of(store, session.actor, now)
    planned = sorted((one for one in found if one.state == "planned"), key=lambda one: one.starts_at)
    past = sorted(
        (one for one in found if one.state != "planned"), key=lambda one: one.starts_at, reverse=True
    )
    waiting = waiting_for(found)
    return render_template(
        "talks.html",
        person=session,
        coming=[_line(one) for one in planned if not _is_over(one, now)],
        to_sign=waiting.to_sign,
        to_keep=waiting.to_keep,
        gone_by=[_line(one) for one in planned if _is_over(one, now)],
        held=[_line(one) for one in past if one.state == "held"],
        cancelled=[_line(one) for one in past if one.state == "cancelled"],
        move_on=move_on(),
        holds_planned=any(one.role == "holder" for one in planned),
        may_plan=bool(use_cases.candidates(store, session.actor, language.current(), now)),
    )


@dataclass(frozen=True, slots=True)
class MoveOn:
    """What could be shown to the manager of today: the name, and of each talk the page where the visitor
    decides, its heading and its day."""

    manager: str
    talks: tuple[tuple[str, str, str], ...]


def move_on() -> MoveOn | None:
    """For the visitor who has a new manager, as long as nothing is decided."""
    found = to_move_on(services().store, person.session().actor, services().now)
    if found is None:
        return None
    return MoveOn(
        found.manager.name,
        tuple(
            (
                url_for("talks.showing", talk_id=one.id),
                heading(one),
                moment_of(one.starts_at, one.minutes).day,
            )
            for one in found.talks
        ),
    )


def next_talk() -> Line | None:
    """The visitor's next talk, for the own page; None where none is planned."""
    now = services().now
    found = use_cases.talks_of(services().store, person.session().actor, now)
    coming = [
        one
        for one in found
        if one.state == "planned" and one.role in {"person", "holder"} and not _is_over(one, now)
    ]
    return _line(min(coming, key=lambda one: one.starts_at)) if coming else None


def waiting_for(found: Sequence[Talk]) -> Waiting:
    """What is still to be done of the agreements in these talks, what is due first first."""
    store, session, now = services().store, person.session(), services().now
    with store.read() as q:
        live = live_agreements(q, session.actor, None, now)
    talks = {one.id: one for one in found if one.role in AGREES}
    agreements = sorted(
        (one for those in live.values() for one in those if one.talk_id in talks),
        key=lambda one: (one.text.due_on or date.max, one.id),
    )
    lines = [
        WaitingLine(talks[one.talk_id].id, heading(talks[one.talk_id]), line)
        for one in agreements
        if (line := agreement_line(talks[one.talk_id], one)).to_sign or _is_mine(one, talks[one.talk_id])
    ]
    return Waiting(
        tuple(one for one in lines if one.line.to_sign), tuple(one for one in lines if not one.line.to_sign)
    )


def _is_mine(agreement: Agreement, talk: Talk) -> bool:
    """Whether the visitor sees to it."""
    return agreement.text.owner in {"both", "person" if talk.role == "person" else "holder"}


def _is_over(talk: Talk, now: datetime) -> bool:
    return talk.starts_at + timedelta(minutes=talk.minutes) <= now


def _line(talk: Talk) -> Line:
    moment = moment_of(talk.starts_at, talk.minutes)
    return Line(talk, heading(talk), moment, next_of(talk, (), person.session().person_id, services().now))
