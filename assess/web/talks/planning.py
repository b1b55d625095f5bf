"""Planning a talk, moving it, cancelling it, noting that it was held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.form import BaseForm  # type: ignore[import-untyped]

from assess.campaigns.plans import NoSuchTime, local_time
from assess.errors import NotFound
from assess.talks import talks as use_cases
from assess.talks.agreements import agreements
from assess.talks.types import EARLIEST_HELD, Candidate, HolderRole, Talk, TalkFault
from assess.web import language, person
from assess.web.admin.campaign_form import day_of, time_of
from assess.web.asks import asks
from assess.web.language import gettext, ngettext
from assess.web.services import services
from assess.web.talks.blueprint import blueprint
from assess.web.talks.forms import ANY_YEAR, LENGTHS, TALK, USUAL_LENGTH, USUAL_START, form_of
from assess.web.talks.frame import back_to, found_talk, talk_page, wake
from assess.web.talks.moments import zone
from assess.web.talks.page import may_cancel, unreached
from assess.web.talks.words import faults_in_words


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form says, as far as it can be understood."""

    starts_at: datetime | None
    minutes: int
    place: str


@blueprint.get("/new")
@asks("plan-talk")
def new() -> ResponseReturnValue:
    """The form, with somebody chosen where the address names somebody whom one can talk with; of several the
    first, and the others come next."""
    found = _candidates()
    wished = request.args.getlist("person")
    first = [one for one in found if one.person.id in wished]
    who = next(map(_value, first or (found if len(found) == 1 else ())), "")
    found = (*first, *(one for one in found if one not in first))
    shown = {"who": who, "time": USUAL_START, "minutes": str(USUAL_LENGTH)}
    return _plan_page(form_of(TALK, shown=shown), found)


@blueprint.post("/new")
@asks("plan-talk")
def plan() -> ResponseReturnValue:
    """Plans it: both get a letter with a calendar file."""
    found = _candidates()
    form = form_of(TALK, request.form)
    typed, faults = _read(form)
    chosen = next((one for one in found if _value(one) == form["who"].data), None)
    if chosen is None:
        faults = {"who": gettext("Choose with whom you want to talk"), **faults}
    if chosen is None or typed.starts_at is None or faults:
        return _plan_page(form, found, faults), 422
    try:
        talk_id = use_cases.plan(
            services().store,
            person.session().actor,
            chosen.person.id,
            typed.starts_at,
            typed.minutes,
            typed.place,
            services().now,
            as_role=chosen.as_role,
        )
    except TalkFault as error:
        return _plan_page(form, found, faults_in_words(error.faults), error.other_id), 422
    wake()
    return back_to("talks.talk", talk_id, "planned-too" if _holds_another(talk_id) else "planned")


@blueprint.get("/<talk_id>/change")
@asks("change-talk")
def change(talk_id: str) -> ResponseReturnValue:
    """Another time or place."""
    talk = _to_move(talk_id)
    if talk.state != "planned":
        return back_to("talks.talk", talk_id)
    local = talk.starts_at.astimezone(zone())
    shown = {
        "day": local.date().isoformat(),
        "time": f"{local:%H:%M}",
        "minutes": str(talk.minutes),
        "place": talk.place,
    }
    return _change_page(talk, form_of(_MOVED, shown=shown))


@blueprint.post("/<talk_id>/change")
@asks("change-talk")
def move(talk_id: str) -> ResponseReturnValue:
    """Moves it: both get the calendar file anew, which replaces the entry that they have."""
    talk = _to_move(talk_id)
    if talk.state != "planned":  # cancelled or held meanwhile: the page says so
        return back_to("talks.talk", talk_id)
    form = form_of(_MOVED, request.form)
    typed, faults = _read(form)
    if typed.starts_at is None or faults:
        return _change_page(talk, form, faults), 422
    is_same = (typed.starts_at, typed.minutes, typed.place) == (talk.starts_at, talk.minutes, talk.place)
    try:
        use_cases.change(
            services().store,
            person.session().actor,
            talk_id,
            typed.starts_at,
            typed.minutes,
            typed.place,
            services().now,
        )
    except TalkFault as error:
        return _change_page(talk, form, faults_in_words(error.faults), error.other_id), 422
    wake()
    if is_same:
        return back_to("talks.talk", talk_id, "unmoved")
    return back_to("talks.talk", talk_id, "moved-too" if _holds_another(talk_id) else "moved")


@blueprint.get("/<talk_id>/cancel")
@asks("cancel-talk")
def cancel(talk_id: str) -> ResponseReturnValue:
    """What cancelling does."""
    talk = found_talk(talk_id)
    if talk.role not in {"person", "holder"}:
        raise NotFound("There is no such page.")
    now = services().now
    if not may_cancel(talk, agreements(services().store, person.session().actor, talk_id, now), now):
        return back_to("talks.talk", talk_id)
    return talk_page("talk_cancel.html", talk, unreached=unreached(talk, now))


@blueprint.post("/<talk_id>/cancel")
@asks("cancel-talk")
def cancel_it(talk_id: str) -> ResponseReturnValue:
    """Cancels it: both get a letter, and the calendar entry is withdrawn."""
    use_cases.cancel(services().store, person.session().actor, talk_id, services().now)
    wake()
    return back_to("talks.talk", talk_id, "cancelled")


@blueprint.get("/<talk_id>/held")
@asks("change-talk")
def held(talk_id: str) -> ResponseReturnValue:
    """What noting it does."""
    talk = found_talk(talk_id)
    if talk.role != "holder":
        raise NotFound("There is no such page.")
    if talk.state != "planned":
        return back_to("talks.talk", talk_id)
    left = talk.starts_at - services().now
    return talk_page("talk_held.html", talk, too_early=left > timedelta(0), another_day=left > EARLIEST_HELD)


@blueprint.post("/<talk_id>/held")
@asks("change-talk")
def note_held(talk_id: str) -> ResponseReturnValue:
    """Notes that it was held."""
    use_cases.hold(services().store, person.session().actor, talk_id, services().now)
    return back_to("talks.talk", talk_id, "held")


@blueprint.post("/<talk_id>/not-held")
@asks("change-talk")
def not_held(talk_id: str) -> ResponseReturnValue:
    """Takes it back that the talk was held, before its time."""
    use_cases.take_back_held(services().store, person.session().actor, talk_id, services().now)
    return back_to("talks.talk", talk_id, "not-held")


def _holds_another(talk_id: str) -> bool:
    """Whether the visitor holds another talk at the same time. Of the other's talks nothing is told."""
    held = [
        one
        for one in use_cases.talks_of(services().store, person.session().actor, services().now)
        if one.role == "holder" and one.state == "planned"
    ]
    this = next(one for one in held if one.id == talk_id)
    return any(
        one.starts_at < this.starts_at + timedelta(minutes=this.minutes)
        and this.starts_at < one.starts_at + timedelta(minutes=one.minutes)
        for one in held
        if one.id != talk_id
    )


def way_to_plan(person_id: str) -> str:
    """Where the visitor plans a talk with somebody; "" for whom the visitor can plan none with."""
    if person_id == person.session().person_id:
        return ""
    is_candidate = any(one.person.id == person_id for one in _all_candidates())
    return url_for("talks.new", person=person_id) if is_candidate else ""


_MOVED = {name: kind for name, kind in TALK.items() if name != "who"}


def _candidates() -> tuple[Candidate, ...]:
    """Raises `NotFound` for who can plan no talk at all."""
    found = _all_candidates()
    if not found:
        raise NotFound("There is no such page.")
    return found


def _all_candidates() -> tuple[Candidate, ...]:
    actor = person.session().actor
    return use_cases.candidates(services().store, actor, language.current(), services().now)


def _value(candidate: Candidate) -> str:
    return f"{candidate.person.id}:{candidate.as_role}"


def _to_move(talk_id: str) -> Talk:
    talk = found_talk(talk_id)
    if talk.role != "holder":
        raise NotFound("There is no such page.")
    return talk


def _read(form: BaseForm) -> tuple[Typed, dict[str, str]]:
    """What was typed, and by field what cannot be understood."""
    faults: dict[str, str] = {}
    day, clock = day_of(form["day"].data or "", before=ANY_YEAR), time_of(form["time"].data or "")
    if day is None:
        faults["day"] = gettext("Write a day like 2026-11-30 or 30.11.2026")
    if clock is None:
        faults["time"] = gettext("Write a time like 10:00")
    starts_at = None
    if day is not None and clock is not None:
        try:
            starts_at = local_time(day, clock, zone())
        except NoSuchTime:
            faults["time"] = gettext(
                "This time does not exist: the clocks go forward in that night. Choose another one"
            )
    minutes = form["minutes"].data or ""
    if not (minutes.isascii() and minutes.isdigit() and len(minutes) < 5):
        faults["minutes"] = gettext("Choose how long it lasts")
        minutes = "0"
    return Typed(starts_at, int(minutes), form["place"].data or ""), faults


def _plan_page(
    form: BaseForm,
    found: tuple[Candidate, ...],
    faults: Mapping[str, str] | None = None,
    other_id: str | None = None,
) -> str:
    roles: dict[HolderRole, str] = {
        "manager": gettext("you are the manager"),
        "coach": gettext("you are the coach"),
    }
    both = len({one.as_role for one in found}) > 1
    return render_template(
        "talk_new.html",
        person=person.session(),
        form=form,
        faults=dict(faults or {}),
        other=url_for("talks.talk", talk_id=other_id) if other_id else "",
        choices=[(_value(one), _called(one, roles[one.as_role] if both else "")) for one in found],
        unreached=next(
            (one.person for one in found if _value(one) == form["who"].data and not one.has_address), None
        ),
        lengths=_lengths(form),
        zone=language.clocks(zone()),
    )


def _called(candidate: Candidate, role: str) -> str:
    """As the list of choices calls somebody: before anything is sent it says to whom no letter can go."""
    told = "" if candidate.has_address else gettext("no e-mail address")
    aside = ", ".join(filter(None, (role, told)))
    return f"{candidate.person.name} ({aside})" if aside else candidate.person.name


def _change_page(
    talk: Talk, form: BaseForm, faults: Mapping[str, str] | None = None, other_id: str | None = None
) -> str:
    return talk_page(
        "talk_change.html",
        talk,
        form=form,
        faults=dict(faults or {}),
        other=url_for("talks.talk", talk_id=other_id) if other_id else "",
        unreached=unreached(talk, services().now),
        lengths=_lengths(form),
        zone=language.clocks(zone()),
    )


def _lengths(form: BaseForm) -> list[tuple[str, str]]:
    """What can be chosen, with the length that the talk has."""
    own = form["minutes"].data or ""
    minutes = {*LENGTHS, *([int(own)] if own.isascii() and own.isdigit() and 0 < len(own) < 4 else [])}
    return [(str(one), ngettext("%(num)s minute", "%(num)s minutes", one)) for one in sorted(minutes)]
