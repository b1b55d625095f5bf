"""What a person takes home: the profile page, the PDF, the own data; and the decision to share."""

from __future__ import annotations

import io
import json
import re
import threading
from contextlib import suppress

from flask import Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from assess.answering import export, results, sharing
from assess.answering.types import Results
from assess.errors import NotFound, StoreUnavailable
from assess.web import language, visitor
from assess.web.answer.blueprint import blueprint
from assess.web.answer.outcome import is_confidential
from assess.web.asks import asks
from assess.web.fonts import fonts
from assess.web.services import services
from assess.web.texts import wordbook
from reports import charts
from reports.outcome import view_of_results
from reports.pdf import render_personal
from reports.view.parts import PersonalView

_PRINTING = threading.Lock()
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|]')


@blueprint.get("/answer/profile")
@asks("see-profile")
def profile() -> ResponseReturnValue:
    """The outcome, from the same view that the PDF is printed from."""
    found = _results()
    if is_confidential(found.task):
        return redirect(url_for("answer.thanks"), 303)
    view = _view(found)
    if view is None:
        return redirect(url_for("answer.welcome"), 303)
    return render_template(
        "profile.html",
        task=found.task,
        words=wordbook(found.task, language.current()),
        results=found,
        view=view,
        w=view.words,
        charts=charts,
        note=request.args.get("note", ""),
    )


@blueprint.get("/answer/profile.pdf")
@asks("see-profile")
def report() -> ResponseReturnValue:
    """The report as PDF in `?language=` or the session's: the one that was kept, else made now."""
    store, session, now = services().store, visitor.session(), services().now
    language.use(language.known(request.args.get("language")) or session.language)
    found = _results()
    view = _view(found)
    if view is None:
        raise NotFound("Nothing is submitted yet.")
    kept = results.document(store, session, "personal-report", view.language, now)
    pdf = kept.content if kept is not None else _print(found, view)
    return _download(pdf, "application/pdf", _file_name(view))


@blueprint.get("/answer/data.json")
@asks("export")
def data() -> ResponseReturnValue:
    """Everything about the person that the person may have."""
    found = export.export(services().store, visitor.session(), services().now)
    body = json.dumps(found, ensure_ascii=False, indent=2).encode()
    return _download(body, "application/json", "assess.json")


@blueprint.post("/answer/share")
@asks("share")
def share() -> ResponseReturnValue:
    """Shows the profile to the manager, or takes it back."""
    store, session, now = services().store, visitor.session_of_form(), services().now
    decide = {"yes": sharing.share, "no": sharing.unshare}.get(request.form.get("share", ""))
    if decide is None:
        raise BadRequest
    decide(store, session, now)
    return redirect(url_for("answer.profile", note=request.form["share"], _anchor="sharing"), 303)


def _print(found: Results, view: PersonalView) -> bytes:
    """Makes the report and keeps it. One at a time: whoever asks many times at once waits for the first."""
    store, now = services().store, services().now
    with _PRINTING:
        kept = results.document(store, visitor.session(), "personal-report", view.language, now)
        if kept is not None:
            return kept.content
        pdf = render_personal(view, fonts())
        with suppress(StoreUnavailable):  # the person gets the report; another time it is made again
            results.keep_document(store, found, "personal-report", view.language, pdf, now)
    return pdf


def _results() -> Results:
    return results.results(services().store, visitor.session(), services().now)


def _view(found: Results) -> PersonalView | None:
    return view_of_results(found, language.current(), services().settings.time_zone)


def _file_name(view: PersonalView) -> str:
    """What, who, which job areas, when: `Jobmodenhed Amina Surdej 2026-11-21.pdf`."""
    parts = (view.title, view.first_name, *(area.job_area for area in view.areas), view.day)
    return f"{_NOT_IN_FILE_NAMES.sub('-', ' '.join(part for part in parts if part))}.pdf"


def _download(content: bytes, kind: str, name: str) -> Response:
    # A header is one line, whatever a name holds.
    name = " ".join(name.split())
    response = send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response
