"""The own results, and whether they are shared with somebody: the pages of answering, in the own frame."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from assess.answering import results, sessions, sharing
from assess.answering.types import Results, Session
from assess.errors import NotFound
from assess.personal_data.sharing import sharing_now
from assess.web import language, person
from assess.web.answer.downloads import name_of, report_pdf
from assess.web.answer.results import View, Ways, page_of
from assess.web.asks import asks
from assess.web.attachment import attachment
from assess.web.me.blueprint import blueprint
from assess.web.me.home import day_of
from assess.web.printing import PDF
from assess.web.services import services
from assess.web.talks.planning import way_to_plan
from reports.outcome import view_of_results


@blueprint.get("/profiles/<task_id>")
@asks("see-own")
def profile(task_id: str) -> ResponseReturnValue:
    """The result of one own task, of any wave."""
    _, found, view = result_of(task_id)
    ways = Ways(
        report=url_for("me.report", task_id=task_id),
        share=url_for("me.share", task_id=task_id, back="profile"),
        sharing=url_for("me.sharing_page", _anchor=f"profile-{task_id}"),
        talk=way_to_plan(found.task.subject.id),
        on=url_for("me.home") if any(sheet.submitted_at is None for sheet in found.task.sheets) else "",
    )
    return page_of(found, view, "people.html", ways, person=person.session())


@blueprint.get("/profiles/<task_id>/report.pdf")
@asks("see-own")
def report(task_id: str) -> ResponseReturnValue:
    """The report as PDF, in the language of these pages."""
    session, found, view = result_of(task_id)
    return attachment(report_pdf(session, found, view), PDF, name_of(view), "pdf")


@blueprint.get("/sharing")
@asks("see-own")
def sharing_page() -> ResponseReturnValue:
    """Every own profile with everybody who sees it, or could."""
    session = person.session()
    zone = services().settings.time_zone
    return render_template(
        "me_sharing.html",
        person=session,
        profiles=sharing_now(services().store, session.actor, language.current(), services().now),
        day_of=day_of,
        day=lambda moment: language.day(moment, zone),
        note=request.args.get("note", ""),
    )


@blueprint.post("/profiles/<task_id>/share")
@asks("see-own")
def share(task_id: str) -> ResponseReturnValue:
    """Shows the profile to one person, or takes it back from the next view on. Without a person the form is
    that of the result page, which is about the manager."""
    store, session, now = services().store, person.session(), services().now
    wish = {"yes": True, "no": False}.get(request.form.get("share", ""))
    if wish is None:
        raise BadRequest
    with_id = request.form.get("with")
    if with_id is None:
        own = sessions.of_person(store, session.person_id, task_id, now, language.current())
        (sharing.share if wish else sharing.unshare)(store, own, now)
    else:
        sharing.decide_with(store, session.actor, task_id, with_id, wish, now)
    note = request.form["share"]
    if request.args.get("back") == "profile":
        return redirect(url_for("me.profile", task_id=task_id, note=note, _anchor="sharing"), 303)
    return redirect(url_for("me.sharing_page", note=note, _anchor=f"profile-{task_id}"), 303)


def result_of(task_id: str) -> tuple[Session, Results, View]:
    """What has come of one of the own tasks. Raises `NotFound` where that is nothing, or not one's own."""
    store, now = services().store, services().now
    own = sessions.of_person(store, person.session().person_id, task_id, now, language.current())
    found = results.results(store, own, now)
    view = view_of_results(found, language.current(), services().settings.time_zone)
    if view is None:
        raise NotFound("There is no result: nothing is submitted yet, or none is made of these answers.")
    return own, found, view
