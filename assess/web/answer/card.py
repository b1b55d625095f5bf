"""A printed card: the code word is chosen when it is first opened, and asked for ever after."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from assess.answering import cards
from assess.answering.cards import Card, CodeFault, InvalidCode, NotOpened, WrongCode
from assess.web import language, limits
from assess.web.language import gettext
from assess.web.services import services

_REFUSED = {"ended": 410, "begun": 409, "in-use": 409}


def card_page(card: Card) -> ResponseReturnValue:
    """A field for the code word. Like a mailed link it uses nothing up and tells a first name, and never
    whether anything was answered."""
    return _page(card, card.state), 410 if card.state == "ended" else 200


def open_card(card: Card, token: str) -> tuple[str, None] | tuple[str, ResponseReturnValue]:
    """The secret of a new session, or the page that says why there is none. Wrong words count for this
    network address as well."""
    store, now, word = services().store, services().now, request.form.get("code-word", "")
    try:
        if request.form.get("chooses") == "yes":
            return cards.choose(store, token, word, now), None
        return cards.reopen(store, token, word, now), None
    except InvalidCode as error:
        return "", (_page(card, "new", _fault(error.fault)), 422)
    except WrongCode as error:
        limits.count("open-link")
        problem = gettext("This is not the code word of this card. Tries left: %(left)s.", left=error.left)
        return "", (_page(card, "in-use", problem), 422)
    except NotOpened as error:
        return "", (_page(card, error.reason), _REFUSED[error.reason])


def _fault(fault: CodeFault) -> str:
    return {
        "short": gettext("Write at least %(least)s signs.", least=cards.LEAST_SIGNS),
        "long": gettext("Write at most %(most)s signs.", most=cards.MOST_SIGNS),
        "easy": gettext("This is too easy to guess. Do not take your name, 1234 or the like."),
    }[fault]


def _page(card: Card, state: str, problem: str = "") -> str:
    if not language.was_chosen():
        language.use(card.task.language)
    return render_template("card.html", task=card.task, state=state, problem=problem, least=cards.LEAST_SIGNS)
