"""Importing a roster: a file or a pasted table, what it would do, and only then doing it."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess import jobs
from assess.campaigns.filling import order_upkeep
from assess.files.roster_cells import MAX_BYTES
from assess.files.roster_columns import Column
from assess.files.roster_faults import BadRoster, Fault
from assess.files.spreadsheet import table_for
from assess.people import roster_import
from assess.people.organisation import members
from assess.people.roster_import import Choices, OrganisationChanged, Staged
from assess.web import language, person
from assess.web.admin.blueprint import blueprint
from assess.web.admin.people_words import COLUMN_NAMES, EXAMPLE, fault_words, field_words
from assess.web.asks import asks
from assess.web.attachment import attachment
from assess.web.language import gettext
from assess.web.services import services

MOST_SHOWN = 200
"""People of one kind that the preview lists; the others are counted."""
MANY = 5
"""From so many leavers on, when they are also more than a tenth, a roster is applied only when told twice."""


@blueprint.get("/people/import")
@asks("manage-people")
def import_roster() -> ResponseReturnValue:
    """A form for a file or a pasted table. Where there are people already, what holds for those who are not
    in it has to be chosen: neither answer is chosen beforehand, for one of them ends people."""
    return _form()


@blueprint.post("/people/import")
@asks("manage-people")
def stage_roster() -> ResponseReturnValue:
    """Reads it; the difference, or everything that is wrong. Nothing changes."""
    session = person.session()
    file = request.files.get("file")
    content = file.read(MAX_BYTES + 1) if file and file.filename else b""
    name = file.filename if file and content else None
    content = content or request.form.get("pasted", "").encode()
    ends = request.form.get("ends")
    if ends not in {"yes", "no"} and _has_people():
        return _form(no_choice=True), 422
    choices = Choices(ends=ends == "yes", language=language.current())
    try:
        staged = roster_import.stage(
            services().store,
            session.actor,
            session.organisation_id,
            name or gettext("pasted table"),
            content,
            services().now,
            choices,
        )
    except BadRoster as error:
        return _form(error), 422
    return redirect(url_for("admin.roster_preview", import_id=staged.id), 303)


@blueprint.get("/people/import/template.csv")
@asks("manage-people")
def roster_template() -> ResponseReturnValue:
    """A roster with the names of all columns in the reader's language and two people as an example."""
    order: tuple[Column, ...] = (
        "unit",
        "name",
        "email",
        "employee_number",
        "language",
        "leader",
        "job_areas",
        "job_role",
    )
    spoken = language.current()
    content = table_for(spoken, [COLUMN_NAMES[spoken][column] for column in order], EXAMPLE[spoken])
    return attachment(content, "text/csv", [gettext("People")], "csv")


@blueprint.get("/people/import/<import_id>")
@asks("manage-people")
def roster_preview(import_id: str) -> ResponseReturnValue:
    """What applying would do, or what was done."""
    try:
        staged = roster_import.staged(services().store, person.session().actor, import_id, services().now)
    except BadRoster as error:
        return _form(error), 422
    return _preview(staged)


@blueprint.post("/people/import/<import_id>")
@asks("manage-people")
def apply_roster(import_id: str) -> ResponseReturnValue:
    """Does it, all or nothing. When the organisation has changed meanwhile, shows the new difference."""
    session = person.session()
    if request.form.get("many") == "yes" and request.form.get("sure") != "yes":
        staged = roster_import.staged(services().store, session.actor, import_id, services().now)
        return _preview(staged, not_sure=True), 422
    try:
        roster_import.apply(services().store, session.actor, import_id, services().now)
    except OrganisationChanged:
        staged = roster_import.staged(services().store, session.actor, import_id, services().now)
        return _preview(staged, has_changed=True), 409
    except BadRoster as error:
        return _form(error), 422
    order_upkeep(services().store, session.organisation_id, services().now)
    jobs.wake(services().settings)
    return redirect(url_for("admin.roster_preview", import_id=import_id), 303)


def _has_people() -> bool:
    """Whether anybody belongs to a unit, whom a roster could leave out."""
    with services().store.read() as q:
        return bool(members(q, person.session().organisation_id, services().now))


def _form(error: BadRoster | None = None, *, no_choice: bool = False) -> str:
    faults: tuple[Fault, ...] = error.faults if error else ()
    return render_template(
        "admin_people_import.html",
        person=person.session(),
        faults=[(fault, fault_words(fault)) for fault in faults],
        count=error.count if error else 0,
        has_people=_has_people(),
        ends=request.form.get("ends", ""),
        no_choice=no_choice,
        pasted=request.form.get("pasted", "") if error or no_choice else "",
        megabytes=MAX_BYTES // 1_000_000,
        columns=COLUMN_NAMES[language.current()],
    )


def _many_leave(staged: Staged) -> bool:
    """Whether so many would be ended that the roster may be only a part of the organisation."""
    if staged.prepared is None:
        return False
    plan = staged.prepared.plan
    return len(plan.ended) >= MANY and len(plan.ended) * 10 > plan.rows + len(plan.ended)


def _preview(staged: Staged, *, has_changed: bool = False, not_sure: bool = False) -> str:
    return render_template(
        "admin_people_preview.html",
        person=person.session(),
        staged=staged,
        plan=staged.prepared.plan if staged.prepared else None,
        roster=staged.prepared.roster if staged.prepared else None,
        done=staged.applied,
        has_changed=has_changed,
        many_leave=_many_leave(staged),
        not_sure=not_sure,
        most=MOST_SHOWN,
        field_words=field_words(),
    )
