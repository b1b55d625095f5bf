"""The organisation for administrators: units one level at a time, a search, adding one person by hand."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess.campaigns.filling import order_upkeep
from assess.language.catalogue import LANGUAGES
from assess.people import changing, directory
from assess.people.changing import Contact, InvalidPerson
from assess.people.tree import MembershipRole
from assess.web import language, person
from assess.web.admin.blueprint import blueprint
from assess.web.asks import asks
from assess.web.services import services
from questionnaires.definition import LanguageId


@blueprint.get("/people")
@asks("manage-people")
def people() -> ResponseReturnValue:
    """The top of the organisation, `?unit=` one unit, `?find=` people by name, address or number."""
    session = person.session()
    who = services().store, session.actor, session.organisation_id
    unit_id, text = request.args.get("unit") or None, request.args.get("find", "").strip()
    now, speaks = services().now, language.current()
    found = directory.search(*who, text, speaks, now) if text else None
    unit = directory.unit_page(*who, unit_id, speaks, now)
    return render_template(
        "admin_people.html",
        person=session,
        unit=unit,
        unit_id=unit_id,
        found=found,
        text=text,
    )


@blueprint.get("/people/add")
@asks("manage-people")
def person_to_add() -> ResponseReturnValue:
    """A form for one person; `?unit=` chooses the unit beforehand."""
    contact = Contact("", "", None, None, language.current())
    return _form(contact, request.args.get("unit", ""), "member", {})


@blueprint.post("/people/add")
@asks("manage-people")
def add_person() -> ResponseReturnValue:
    """Enters the person, or says what is wrong."""
    session = person.session()
    contact, unit_id, role = typed_contact(), request.form.get("unit", ""), typed_role()
    try:
        person_id = changing.add(
            services().store, session.actor, session.organisation_id, contact, unit_id, role, services().now
        )
    except InvalidPerson as error:
        return _form(contact, unit_id, role, dict(error.faults)), 422
    order_upkeep(services().store, session.organisation_id, services().now)
    return redirect(url_for("admin.one_person", person_id=person_id, note="added"), 303)


def typed_contact() -> Contact:
    """What a form says of a person; the first name is the first word where none is typed."""
    name = " ".join(request.form.get("name", "").split())
    first_name = " ".join(request.form.get("first-name", "").split()) or name.partition(" ")[0]
    chosen: LanguageId | None = language.known(request.form.get("letters"))
    return Contact(
        first_name=first_name,
        name=name,
        email=request.form.get("email", "").strip() or None,
        employee_number=request.form.get("employee-number", "").strip() or None,
        language=chosen or language.DEFAULT,
    )


def typed_role() -> MembershipRole:
    return "leader" if request.form.get("role") == "leader" else "member"


def units_to_choose() -> tuple[tuple[str, str], ...]:
    """(id, path) of every open unit."""
    session = person.session()
    return directory.open_units(
        services().store, session.actor, session.organisation_id, language.current(), services().now
    )


def _form(
    contact: Contact, unit_id: str, role: MembershipRole, faults: dict[changing.Field, changing.Reason]
) -> str:
    return render_template(
        "admin_people_add.html",
        person=person.session(),
        contact=contact,
        unit_id=unit_id,
        role=role,
        faults=faults,
        units=units_to_choose(),
        languages=LANGUAGES,
    )
