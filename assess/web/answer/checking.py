"""Check your answers, decide about sharing, submit."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from assess import jobs
from assess.answering import response_note, sheets, tasks
from assess.answering.errors import Incomplete
from assess.answering.types import Sheet
from assess.web import language, visitor
from assess.web.answer.blueprint import blueprint
from assess.web.answer.outcome import is_finished, outcome_page
from assess.web.asks import asks
from assess.web.services import services
from assess.web.texts import wordbook

_DECISIONS = {"yes": True, "no": False}


@blueprint.get("/answer/<sheet_id>/check")
@asks("read")
def check(sheet_id: str) -> ResponseReturnValue:
    """All answers, page by page, with a way back to each; after submitting, to read only."""
    return _show(_sheet(sheet_id))


@blueprint.post("/answer/<sheet_id>/check")
@asks("submit")
def submit(sheet_id: str) -> ResponseReturnValue:
    """Submits the sheet. Sent twice, it changes nothing, and the next page says so and who sees the profile:
    what was chosen the second time may have been something else."""
    store, session, now = services().store, visitor.session(), services().now
    decision = request.form.get("share", "")
    if decision and decision not in _DECISIONS:
        raise BadRequest
    try:
        submitted = sheets.submit(store, session, sheet_id, now, share=_DECISIONS.get(decision))
    except Incomplete as error:
        return _show(_sheet(sheet_id), error, decision), 422
    jobs.wake(services().settings)
    task = tasks.task(store, session, now)
    note = "submitted" if submitted.first_time else "again"
    return redirect(url_for(outcome_page(task) if is_finished(task) else "answer.welcome", note=note), 303)


def _sheet(sheet_id: str) -> Sheet:
    return sheets.sheet(services().store, visitor.session(), sheet_id, services().now)


def _show(sheet: Sheet, incomplete: Incomplete | None = None, decision: str = "") -> str:
    """The page. Its friendly note is worked out anew each time and kept nowhere."""
    store, session, now = services().store, visitor.session(), services().now
    return render_template(
        "check.html",
        sheet=sheet,
        words=wordbook(sheet.task, language.current(), sheet),
        incomplete=incomplete,
        decision=decision,
        signs=() if sheet.missing else response_note.note(store, session, sheet.id, now),
    )
