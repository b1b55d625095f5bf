"""The blueprint of signing in by a mailed link, and out. See `assess/people/signing_in.py`.

Whoever asks for a link gets the same page whether the address is known or not, and so does everybody whose
link does not work, for whatever reason.
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess import jobs
from assess.errors import NotFound
from assess.people import requests, sessions, signing_in
from assess.web import language, limits, person
from assess.web.asks import OPEN, asks
from assess.web.services import services

blueprint = Blueprint("signin", __name__)


@blueprint.get("/sign-in")
@asks(OPEN)
def how() -> ResponseReturnValue:
    """How one gets in, for whoever has no link that works, or has signed out."""
    if person.find() is not None:
        return redirect(person.home(), 303)
    return page(request.args.get("note", ""))


@blueprint.post("/sign-in")
@asks(OPEN)
def ask() -> ResponseReturnValue:
    """Notes the address and wakes the worker: all that is done, whoever has the address or nobody."""
    settings, now = services().settings, services().now
    given = request.form.get("address", "")
    try:
        address = requests.plain_address(given)
    except ValueError:
        return page("no-address", given=given[: requests.LONGEST]), 422
    limits.count("ask-link", tries_allowed=settings.network_tries)
    limits.count_for("ask-link", address)
    requests.ask(services().store, address, language.current(), now)
    jobs.wake(settings)
    return redirect(url_for("signin.how", note="sent"), 303)


@blueprint.get("/sign-in/<token>")
@asks(OPEN)
def link(token: str) -> ResponseReturnValue:
    """A button. Looking uses nothing up, because mail scanners look too, and tells nothing about whom the
    link is for."""
    try:
        signing_in.look(services().store, token, services().now)
    except NotFound:
        return _does_not_work()
    return render_template("sign_in_link.html")


@blueprint.post("/sign-in/<token>")
@asks(OPEN)
def enter(token: str) -> ResponseReturnValue:
    """Uses the link up for a session, and goes to an address that is worth nothing to others."""
    limits.require("use-link")
    try:
        secret = signing_in.sign_in(services().store, token, services().now, before=person.known_secret())
    except NotFound:
        if person.find() is None:
            limits.count("use-link")
        return _does_not_work()
    return entered(secret)


def entered(secret: str) -> Response:
    """Begins a session in this browser, in the language that was chosen here or is the person's own."""
    store, now = services().store, services().now
    found = sessions.find(store, secret, now)
    if found is not None:
        chosen = language.current() if language.was_chosen() else found.language
        sessions.set_language(store, found, chosen)
        language.keep(chosen)
    response = _redirect(person.home(note="in"))
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


def page(note: str = "", given: str = "") -> str:
    """The page with all ways in. `note`: what to say first; `given`: the address as it was typed."""
    settings = services().settings
    return render_template(
        "sign_in.html",
        note=note,
        given=given,
        account=settings.oidc_name if settings.has_oidc else "",
        minutes=int(signing_in.LIFETIME.total_seconds() // 60),
    )


def _redirect(address: str) -> Response:
    return make_response(redirect(address, 303))


def _does_not_work() -> ResponseReturnValue:
    """The same for every link that does not work. Whoever is in already, by pressing twice, goes on."""
    if person.find() is not None:
        return _redirect(person.home())
    return page("no-longer"), 404
