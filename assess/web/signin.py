"""The blueprint of signing in by a link, and out. See `assess/people/signing_in.py`."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess.errors import NotFound
from assess.people import sessions, signing_in
from assess.web import language, person
from assess.web.asks import OPEN, asks
from assess.web.services import services

blueprint = Blueprint("signin", __name__)


@blueprint.get("/sign-in")
@asks(OPEN)
def how() -> ResponseReturnValue:
    """How one gets in, for whoever has no link that works, or has signed out."""
    if person.find() is not None:
        return redirect(url_for("admin.overview"), 303)
    return render_template("sign_in.html", usable=False, left=request.args.get("note") == "out")


@blueprint.get("/sign-in/<token>")
@asks(OPEN)
def link(token: str) -> ResponseReturnValue:
    """A button. Looking uses nothing up, because mail scanners look too, and tells nothing about whom the
    link is for."""
    try:
        signing_in.look(services().store, token, services().now)
    except NotFound:
        return _does_not_work()
    return render_template("sign_in.html", usable=True, left=False)


@blueprint.post("/sign-in/<token>")
@asks(OPEN)
def enter(token: str) -> ResponseReturnValue:
    """Uses the link up for a session, and goes to an address that is worth nothing to others."""
    store, now = services().store, services().now
    try:
        secret = signing_in.sign_in(store, token, now, before=person.known_secret())
    except NotFound:
        return _does_not_work()
    found = sessions.find(store, secret, now)
    if found is not None:
        chosen = language.current() if language.was_chosen() else found.language
        sessions.set_language(store, found, chosen)
        language.keep(chosen)
    response = _redirect(url_for("admin.overview", note="in"))
    person.remember(response, secret)
    return response


@blueprint.post("/sign-in/end")
@asks(OPEN)
def leave() -> ResponseReturnValue:
    """Ends the session of this device. Answers that somebody gives in the same browser are not touched."""
    found = person.find()
    if found is not None:
        sessions.end(services().store, found, services().now)
    response = _redirect(url_for("signin.how", note="out"))
    person.forget(response)
    return response


def _redirect(address: str) -> Response:
    return make_response(redirect(address, 303))


def _does_not_work() -> ResponseReturnValue:
    """The same for every link that does not work. Whoever is in already, by pressing twice, goes on."""
    if person.find() is not None:
        return _redirect(url_for("admin.overview"))
    return render_template("sign_in.html", usable=False, left=False), 404
