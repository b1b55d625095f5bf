"""The own data: who has looked, everything as a download, correcting, asking for erasure."""

from __future__ import annotations

import io
import json
import zipfile

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess.language.catalogue import LANGUAGES
from assess.people.changing import Contact, InvalidPerson
from assess.personal_data import erasure_requests
from assess.personal_data.contact import contact_of, correct_contact
from assess.personal_data.export import export_all
from assess.personal_data.looks import looks
from assess.personal_data.own import own_tasks
from assess.talks.own_data import export_of as talks_of_person
from assess.web import language, person
from assess.web.answer.downloads import name_of, report_pdf
from assess.web.asks import asks
from assess.web.attachment import attachment, file_name
from assess.web.me.blueprint import blueprint
from assess.web.me.look_words import look_words
from assess.web.me.results import result_of
from assess.web.services import services


@blueprint.get("/looks")
@asks("see-own")
def looks_page() -> ResponseReturnValue:
    """Who has looked at what and when, in words."""
    session = person.session()
    found = looks(services().store, session.actor, language.current())
    return render_template(
        "me_looks.html",
        person=session,
        lines=[look_words(look, services().settings.time_zone) for look in found],
    )


@blueprint.get("/data")
@asks("see-own")
def data() -> ResponseReturnValue:
    """What the download holds."""
    return render_template("me_data.html", person=person.session())


@blueprint.get("/data.json")
@asks("see-own")
def data_json() -> ResponseReturnValue:
    """Everything that is kept about the person."""
    return attachment(_everything(), "application/json", ("assess", person.session().name), "json")


@blueprint.get("/data.zip")
@asks("see-own")
def data_zip() -> ResponseReturnValue:
    """The same, with every report about oneself as PDF beside it. Reports on ratings hold what others share:
    that is theirs, and is looked at page by page."""
    store, session, now = services().store, person.session(), services().now
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", _everything())
        names: set[str] = set()
        for task in own_tasks(store, session.actor, language.current(), now):
            if task.has_result and task.perspective == "self":
                own, found, view = result_of(task.id)
                name = file_name((*name_of(view), task.wave.name), "pdf")
                if name in names:
                    name = file_name((*name_of(view), task.wave.name, task.id), "pdf")
                names.add(name)
                archive.writestr(name, report_pdf(own, found, view))
    return attachment(body.getvalue(), "application/zip", ("assess", session.name), "zip")


@blueprint.get("/contact")
@asks("correct-contact")
def contact() -> ResponseReturnValue:
    """What is kept of who one is."""
    session = person.session()
    found = contact_of(services().store, session.actor)
    return _contact_page(found, {}, request.args.get("note", ""))


@blueprint.post("/contact")
@asks("correct-contact")
def correct() -> ResponseReturnValue:
    """Corrects it, or says what cannot be kept."""
    store, session = services().store, person.session()
    now = contact_of(store, session.actor)
    email = request.form.get("email", "").strip()
    wanted = Contact(
        first_name=request.form.get("first-name", "").strip(),
        name=request.form.get("name", "").strip(),
        email=email or None,
        employee_number=now.employee_number,
        language=language.known(request.form.get("letters")) or now.language,
    )
    try:
        changed = correct_contact(store, session.actor, wanted, services().now)
    except InvalidPerson as error:
        faults = {str(field): str(reason) for field, reason in error.faults.items()}
        return _contact_page(wanted, faults, ""), 422
    return redirect(url_for("me.contact", note="changed" if changed else "same"), 303)


@blueprint.get("/erasure")
@asks("ask-erasure")
def erasure() -> ResponseReturnValue:
    """What erasing means, and whether it was asked for."""
    session = person.session()
    asked_at = erasure_requests.asked_at(services().store, session.actor)
    zone = services().settings.time_zone
    return render_template(
        "me_erasure.html",
        person=session,
        asked=language.day(asked_at, zone) if asked_at else "",
        problem=request.args.get("note") == "read",
        note=request.args.get("note", ""),
    )


@blueprint.post("/erasure")
@asks("ask-erasure")
def ask_erasure() -> ResponseReturnValue:
    """Asks for it once it was read what it means, or takes that back."""
    store, session, now = services().store, person.session(), services().now
    if request.form.get("go") == "back":
        erasure_requests.take_back(store, session.actor, now)
        return redirect(url_for("me.erasure", note="back"), 303)
    if request.form.get("read") != "yes":
        return redirect(url_for("me.erasure", note="read"), 303)
    erasure_requests.ask(store, session.actor, now)
    return redirect(url_for("me.erasure", note="asked"), 303)


def _everything() -> bytes:
    found = export_all(
        services().store,
        person.session().actor,
        language.current(),
        services().now,
        parts=(talks_of_person,),
    )
    return json.dumps(found, ensure_ascii=False, indent=2).encode()


def _contact_page(contact: Contact, faults: dict[str, str], note: str) -> str:
    return render_template(
        "me_contact.html",
        person=person.session(),
        contact=contact,
        faults=faults,
        languages=LANGUAGES,
        note=note,
    )
