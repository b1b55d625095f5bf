"""One person for administrators: contact data, memberships over time, what the person may do. No answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess.campaigns.filling import order_upkeep
from assess.errors import NotFound
from assess.language.catalogue import LANGUAGES
from assess.people import appointments, changing, directory
from assess.people.changing import Contact, InvalidPerson
from assess.people.organisation import zone_of
from assess.rights import Actor
from assess.store import Store
from assess.web import language, person
from assess.web.admin.blueprint import blueprint
from assess.web.admin.people import typed_contact, typed_role, units_to_choose
from assess.web.asks import asks
from assess.web.services import services

_ROLES: Mapping[str, appointments.Role] = {"coach": "coach", "representative": "representative"}


@blueprint.get("/people/<person_id>")
@asks("manage-people")
def one_person(person_id: str) -> ResponseReturnValue:
    """Who it is, where since when, and what can be done."""
    return _show(person_id)


@blueprint.post("/people/<person_id>")
@asks("manage-people")
def correct_person(person_id: str) -> ResponseReturnValue:
    """Contact data as they were typed, or what is wrong with them."""
    contact = typed_contact()
    try:
        changing.correct(*_who(), person_id, contact, services().now)
    except InvalidPerson as error:
        return _show(person_id, contact, dict(error.faults)), 422
    return _back(person_id, "corrected")


@blueprint.post("/people/<person_id>/unit")
@asks("manage-people")
def move_person(person_id: str) -> ResponseReturnValue:
    """Another unit from now on, or one to lead."""
    try:
        changing.move(*_who(), person_id, request.form.get("unit", ""), typed_role(), services().now)
    except InvalidPerson as error:
        return _show(person_id, faults=dict(error.faults)), 422
    return _back(person_id, "moved", upkeep=True)


@blueprint.post("/people/<person_id>/memberships/<membership_id>/end")
@asks("manage-people")
def end_membership(person_id: str, membership_id: str) -> ResponseReturnValue:
    """Ends one membership from now on."""
    changing.end_membership(*_who(), person_id, membership_id, services().now)
    return _back(person_id, "membership-ended", upkeep=True)


@blueprint.post("/people/<person_id>/end")
@asks("manage-people")
def end_person(person_id: str) -> ResponseReturnValue:
    """The person has left; it takes a tick, so that a slip of the finger ends nobody."""
    if request.form.get("sure") != "yes":
        return _back(person_id, "not-sure")
    try:
        changing.end_person(*_who(), person_id, services().now)
    except InvalidPerson:
        return _back(person_id, "yourself")
    return _back(person_id, "ended", upkeep=True)


@blueprint.post("/people/<person_id>/appoint")
@asks("appoint")
def appoint(person_id: str) -> ResponseReturnValue:
    """Coach, representative or administrator: begins with `give`, ends with `take`."""
    given, taken = request.form.get("give", ""), request.form.get("take", "")
    role = given or taken
    if role == "administrator":
        appointments.set_administrator(*_who(), person_id, bool(given), services().now)
    elif role in _ROLES:
        change = appointments.appoint if given else appointments.end
        change(*_who(), person_id, _ROLES[role], services().now)
    else:
        raise NotFound("There is no such role.")
    return _back(person_id, "given" if given else "taken")


def _who() -> tuple[Store, Actor, str]:
    """What every use case begins with."""
    session = person.session()
    return services().store, session.actor, session.organisation_id


def _back(person_id: str, note: str, *, upkeep: bool = False) -> ResponseReturnValue:
    if upkeep:
        order_upkeep(services().store, person.session().organisation_id, services().now)
    return redirect(url_for("admin.one_person", person_id=person_id, note=note), 303)


def _show(
    person_id: str,
    contact: Contact | None = None,
    faults: dict[changing.Field, changing.Reason] | None = None,
) -> str:
    session = person.session()
    shown = directory.person_page(*_who(), person_id, language.current())
    with services().store.read() as q:
        zone = zone_of(q, session.organisation_id, services().settings)

    def day(moment: datetime) -> str:
        return language.day(moment, zone)

    return render_template(
        "admin_people_person.html",
        person=session,
        shown=shown,
        contact=contact or shown.contact,
        faults=faults or {},
        units=units_to_choose(),
        languages=LANGUAGES,
        day=day,
        note=request.args.get("note", ""),
        is_oneself=person_id == session.person_id,
    )
