"""What a person takes home: the report as PDF, the own data as JSON."""

from __future__ import annotations

import json
from contextlib import suppress

from flask import request
from flask.typing import ResponseReturnValue

from assess.answering import export, results
from assess.answering.types import Results, Session
from assess.errors import NotFound, StoreUnavailable
from assess.web import language, visitor
from assess.web.answer.blueprint import blueprint
from assess.web.answer.results import View, results_now, view_now
from assess.web.asks import asks
from assess.web.attachment import attachment
from assess.web.fonts import fonts
from assess.web.printing import PDF, press
from assess.web.services import services
from reports.pdf import render
from reports.view.parts import PersonalView


@blueprint.get("/answer/profile.pdf")
@asks("see-profile")
def report() -> ResponseReturnValue:
    """The report as PDF in `?language=` or the session's: the one that was kept, else made now."""
    session = visitor.session()
    language.use(language.known(request.args.get("language")) or session.language)
    found = results_now()
    view = view_now(found)
    if view is None:
        raise NotFound("There is no result: nothing is submitted yet, or none is made of these answers.")
    return attachment(report_pdf(session, found, view), PDF, name_of(view), "pdf")


@blueprint.get("/answer/data.json")
@asks("export")
def data() -> ResponseReturnValue:
    """Everything about the person that the person may have."""
    found = export.export(services().store, visitor.session(), services().now)
    body = json.dumps(found, ensure_ascii=False, indent=2).encode()
    return attachment(body, "application/json", ("assess",), "json")


def report_pdf(session: Session, found: Results, view: View) -> bytes:
    """The report that was kept of these results, else made now and kept. Whoever asks twice at once waits for
    the first. Raises `NoSeat`."""
    store, now = services().store, services().now
    kept = results.document(store, session, "personal-report", view.language, now)
    if kept is not None:
        return kept.content
    with press(session.task.respondent_id):
        kept = results.document(store, session, "personal-report", view.language, now)
        if kept is not None:
            return kept.content
        pdf = render(view, fonts())
        with suppress(StoreUnavailable):  # the person gets the report; another time it is made again
            results.keep_document(store, found, "personal-report", view.language, pdf, now)
    return pdf


def name_of(view: View) -> tuple[str, ...]:
    """What, who, which job areas, when: `Jobmodenhed Amina Surdej 2026-11-21.pdf`."""
    areas = [area.job_area for area in view.areas] if isinstance(view, PersonalView) else []
    return (view.title, view.first_name, *areas, view.day)
