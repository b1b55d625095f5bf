"""The demo's outbox: every letter as its reader would get it, with links that work, for anybody.

Registered only with the setting `demo`, and shows nothing but the demo organisation's letters.
"""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assess.demo.staff import ORGANISATION
from assess.errors import NotFound
from assess.mail import showing
from assess.web import language
from assess.web.admin.mail import KIND_WORDS, N_
from assess.web.asks import OPEN, asks
from assess.web.attachment import attachment
from assess.web.language import gettext
from assess.web.services import services

blueprint = Blueprint("demo", __name__, url_prefix="/demo")


@blueprint.get("/outbox")
@asks(OPEN)
def outbox() -> ResponseReturnValue:
    """All letters, the latest first."""
    at = services()
    lines = [
        (letter, kind_words(letter.kind), language.moment_words(letter.created_at, at.settings.time_zone))
        for letter in showing.shown_letters(at.store, at.settings, ORGANISATION)
    ]
    return render_template("demo_outbox.html", lines=lines, organisation=ORGANISATION)


@blueprint.get("/outbox/<letter_id>")
@asks(OPEN)
def letter(letter_id: str) -> ResponseReturnValue:
    """One letter, written as it is sent: its links are minted now."""
    at = services()
    shown = showing.show(at.store, at.settings, ORGANISATION, letter_id, at.now)
    return render_template("demo_letter.html", letter=shown, kind=kind_words(shown.kind), letter_id=letter_id)


@blueprint.get("/outbox/<letter_id>/calendar")
@asks(OPEN)
def calendar_file(letter_id: str) -> ResponseReturnValue:
    """The calendar file that goes with a letter, of whatever method."""
    at = services()
    content = showing.show(at.store, at.settings, ORGANISATION, letter_id, at.now).content
    if content is None or content.calendar is None:
        raise NotFound("There is no such file.")
    name, _, ending = content.calendar.name.rpartition(".")
    return attachment(content.calendar.content, "text/calendar", (name,), ending)


def kind_words(kind: str) -> str:
    return gettext(KIND_WORDS.get(kind, N_("Letter")))
