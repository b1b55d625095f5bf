"""The coach's caseload: next talks, who has prepared, what was agreed; each person and shared profile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from assess.errors import NotFound
from assess.people.organisation import zone_of
from assess.personal_data.coaching import CoachedProfile, coached_results
from assess.talks.caseload import CasePerson, case, caseload
from assess.talks.types import Talk
from assess.web import language, person
from assess.web.answer.results import Ways, page_of
from assess.web.asks import asks
from assess.web.coaching.blueprint import blueprint
from assess.web.coaching.change_words import ChangeWords, in_words, verdict_of
from assess.web.language import gettext, ngettext
from assess.web.services import services
from assess.web.talks.frame import shown_name
from assess.web.talks.moments import Moment, moment_of
from reports.outcome import view_of_results


@dataclass(frozen=True, slots=True)
class TalkLine:
    """A talk of the caseload."""

    talk: Talk
    moment: Moment
    prepared: str
    address: str
    with_whom: str
    """Who holds it, where that is not the coach."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A person of the caseload."""

    id: str
    name: str
    address: str
    next_talk: TalkLine | None
    to_note: tuple[TalkLine, ...]
    agreements: str
    changes: tuple[ChangeWords, ...]
    profiles: tuple[CoachedProfile, ...]
    verdict: str
    """Whether any figure has really changed between the two newest waves that are shown; "" without two."""
    is_overdue: bool
    to_prepare: bool
    """The coach's own preparation for the next talk is not ready."""

    @property
    def has_something_to_do(self) -> bool:
        """For the coach."""
        return bool(self.to_note or self.is_overdue or self.to_prepare)


@blueprint.get("")
@asks("see-shared")
def home() -> ResponseReturnValue:
    """A row for each person: those with something to do first, then by the next talk, then alphabetically."""
    session, at = person.session(), services()
    found = [_line(one) for one in caseload(at.store, session.actor, language.current(), at.now, _today())]
    found.sort(key=_place)  # stable: people without a talk stay in the order of the alphabet
    return render_template(
        "coaching.html",
        person=session,
        people=found,
        groups=[
            (gettext("Something to do now"), [one for one in found if one.has_something_to_do]),
            (gettext("Nothing to do now"), [one for one in found if not one.has_something_to_do]),
        ],
    )


@blueprint.get("/people/<person_id>")
@asks("see-shared")
def case_of(person_id: str) -> ResponseReturnValue:
    """One person: talks, agreements, every figure that has changed, and what is shared."""
    session, at = person.session(), services()
    found = case(at.store, session.actor, person_id, language.current(), at.now, _today())
    one = _line(found)
    return render_template(
        "coaching_person.html",
        person=session,
        one=one,
        coverage=next((change.coverage for change in one.changes if change.coverage), ""),
        talks=[_talk(talk) for talk in found.talks],
        day=_day,
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


def _line(found: CasePerson) -> CaseLine:
    return CaseLine(
        id=found.person.id,
        name=found.person.name,
        address=url_for("coaching.case_of", person_id=found.person.id),
        next_talk=None if found.next_talk is None else _talk(found.next_talk),
        to_note=tuple(_talk(one) for one in found.to_note),
        agreements=_agreements(found),
        changes=tuple(in_words(one) for one in found.changes),
        profiles=found.profiles,
        verdict=verdict_of(found.changes),
        is_overdue=bool(found.overdue),
        to_prepare=_is_to_prepare(found.next_talk),
    )


def _place(one: CaseLine) -> tuple[bool, bool, datetime]:
    """Where somebody stands in the list: never by what was answered."""
    at = one.next_talk.talk.starts_at if one.next_talk else datetime.max.replace(tzinfo=UTC)
    return not one.has_something_to_do, one.next_talk is None, at


def _is_to_prepare(talk: Talk | None) -> bool:
    return talk is not None and talk.role == "holder" and talk.holder_ready_at is None


def _talk(talk: Talk) -> TalkLine:
    return TalkLine(
        talk,
        moment_of(talk.starts_at, talk.minutes),
        _prepared(talk),
        url_for("talks.talk", talk_id=talk.id),
        "" if talk.role == "holder" else gettext("with %(name)s", name=shown_name(talk.holder)),
    )


def _prepared(talk: Talk) -> str:
    """Who has prepared, never what; of a talk that is over, how it ended."""
    if talk.state != "planned":
        return gettext("Held") if talk.state == "held" else gettext("Cancelled")
    if talk.both_ready:
        return gettext("Both have prepared")
    ready = (talk.person if talk.person_ready_at else None) or (talk.holder if talk.holder_ready_at else None)
    if ready is None:
        return gettext("Nobody has prepared yet")
    if ready.id == person.session().person_id:
        return gettext("You have prepared, %(name)s has not yet", name=talk.person.first_name)
    if _is_to_prepare(talk):
        return gettext("%(name)s has prepared, you have not yet", name=ready.first_name)
    return gettext("%(name)s has prepared", name=ready.first_name)


def _agreements(found: CasePerson) -> str:
    if not found.agreements:
        return ""
    live = ngettext("%(num)s open agreement", "%(num)s open agreements", found.agreements)
    if not found.overdue:
        return live
    return f"{live}, " + ngettext("%(num)s past its date", "%(num)s past their date", found.overdue)


def _today() -> date:
    session, at = person.session(), services()
    with at.store.read() as q:
        zone = zone_of(q, session.organisation_id, at.settings)
    return at.now.astimezone(zone).date()


def _day(moment: datetime) -> str:
    return language.day(moment, services().settings.time_zone)
