"""The link in a letter about a talk: a button, and a session in which that one talk can be prepared.

Open, as every link is its own key; apart from the pages of talks, which are entered as a person. See
`assess/talks/links.py` and, for what such a session opens, `person.OF_A_TALK`.
"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assess.errors import NotFound
from assess.people import sessions
from assess.talks import links
from assess.web import language, limits, person
from assess.web.asks import OPEN, asks
from assess.web.services import services

blueprint = Blueprint("talk_link", __name__)


@blueprint.get("/talks/open/<token>")
@asks(OPEN)
def look(token: str) -> ResponseReturnValue:
    """A button. Looking uses nothing up, because mail scanners look too, and tells nobody's name."""
    found = links.look(services().store, token, services().now)
    if not language.was_chosen():
        language.use(found.language)
    here, secret = person.find(), person.known_secret()
    if here is None and secret is not None:  # whoever has only opened a letter is nobody on this page
        here = sessions.find(services().store, secret, services().now)
    is_other = here is not None and here.person_id != found.person_id
    return render_template("talk_link.html", organisation=found.organisation, is_other=is_other)


@blueprint.post("/talks/open/<token>")
@asks(OPEN)
def enter(token: str) -> ResponseReturnValue:
    """Exchanges the link for a limited session, and goes to an address that is worth nothing to others.
    Whoever has signed in already as the same person stays so."""
    store, now = services().store, services().now
    limits.require("open-link")
    try:
        found = links.look(store, token, now)
        before = person.find()
        answer = make_response(redirect(url_for("talks.prepare", talk_id=found.talk_id), 303))
        if before is not None and before.person_id == found.person_id:
            return answer
        secret = links.exchange(store, token, now, before=person.known_secret())
    except NotFound:
        limits.count("open-link")
        raise
    opened = sessions.find(store, secret, now)
    if opened is not None:
        chosen = language.current() if language.was_chosen() else opened.language
        sessions.set_language(store, opened, chosen)
        language.keep(chosen)  # also on the pages that ask to sign in first
    person.remember(answer, secret)
    return answer
