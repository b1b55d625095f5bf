"""Who has asked to be erased, and carrying it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess import jobs
from assess.errors import NotAllowed, NotFound
from assess.personal_data import erasure_requests
from assess.personal_data.erasure_requests import ErasureRequest
from assess.web import language, person
from assess.web.admin.blueprint import blueprint
from assess.web.asks import asks
from assess.web.services import services

_MONTH = timedelta(days=30)
"""Within which a request is answered (GDPR, Article 12)."""


@dataclass(frozen=True, slots=True)
class Line:
    request: ErasureRequest
    asked: str
    until: str
    finished: str
    is_late: bool


@blueprint.get("/erasures")
@asks("carry-out-erasure")
def erasures() -> ResponseReturnValue:
    """Those that wait, and what became of the others."""
    lines = [_line(one) for one in _requests()]
    return render_template(
        "admin_erasures.html",
        person=person.session(),
        waiting=[line for line in lines if line.request.state == "asked"],
        finished=[line for line in lines if line.request.state != "asked"],
        note=request.args.get("note", ""),
    )


@blueprint.get("/erasures/<request_id>")
@asks("carry-out-erasure")
def erasure(request_id: str) -> ResponseReturnValue:
    """What will be erased, and the button."""
    found = next((one for one in _requests() if one.id == request_id and one.state == "asked"), None)
    if found is None:
        raise NotFound("There is no such request.")
    return render_template("admin_erasure.html", person=person.session(), line=_line(found))


@blueprint.post("/erasures/<request_id>")
@asks("carry-out-erasure")
def erase(request_id: str) -> ResponseReturnValue:
    """Erases. It cannot be undone."""
    place, session = services(), person.session()
    try:
        erasure_requests.carry_out(place.store, place.settings, session.actor, request_id, place.now)
    except NotAllowed:
        return redirect(url_for("admin.erasures", note="not"), 303)
    jobs.wake(place.settings)
    return redirect(url_for("admin.erasures", note="done"), 303)


def _requests() -> tuple[ErasureRequest, ...]:
    session = person.session()
    return erasure_requests.requests(services().store, session.actor, session.organisation_id)


def _line(found: ErasureRequest) -> Line:
    zone, now = services().settings.time_zone, services().now
    return Line(
        request=found,
        asked=language.day(found.asked_at, zone),
        until=language.day(found.asked_at + _MONTH, zone),
        finished=language.day(found.finished_at, zone) if found.finished_at else "",
        is_late=found.state == "asked" and now > found.asked_at + _MONTH,
    )
