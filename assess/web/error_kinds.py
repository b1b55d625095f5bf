"""How each error is told: the visible table of errors, statuses and words.

An error takes the first row that it is an instance of. No page quotes the error.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from assess.answering.errors import InvalidAnswers, InvalidChoice
from assess.errors import BadInput, NotAllowed, NotFound, StoreUnavailable, TooManyTries
from assess.talks.errors import LinkIsOver, NotYoursAnyMore, OutOfTurn
from assess.web.person import NotSignedIn
from assess.web.seats import AlreadyFetching, NoSeat
from assess.web.visitor import SignedOut

RETRY_AFTER = 5
"""Seconds after which a busy database is worth another try."""
RETRY_PRINTING = 10
"""Seconds after which somebody else's documents are mostly made."""


def N_(message: str) -> str:  # noqa: N802 (gettext's own name: marks a text that is translated later)
    return message


@dataclass(frozen=True, slots=True)
class Kind:
    """How an error is told. `keeps` puts what was posted into the page, for another try; when the error is
    `forgeable`, only where the browser says that it comes from a page of ours. `otherwise`: what to do when
    nothing is kept. `signs_in`: the way on is signing in. `way_on`: words and endpoint of another one."""

    status: int
    title: str
    text: str
    level: int = logging.INFO
    keeps: bool = False
    retry_after: int | None = None
    forgeable: bool = False
    otherwise: str = ""
    signs_in: bool = False
    way_on: tuple[str, str] | None = None


_MISSING = Kind(
    404,
    N_("This page does not exist"),
    N_(
        "Part of the link may be missing, or it may no longer be valid. Open the link in your message"
        " again, or ask whoever sent it for a new one."
    ),
)
_WRONG = Kind(
    400,
    N_("That could not be saved"),
    N_(
        "What was sent does not fit this page, so none of it was saved. Go back and answer again;"
        " everything saved before is still there."
    ),
)
_TOO_LARGE = Kind(
    400,
    N_("That was too long"),
    N_("What was sent is too long, so none of it was saved. Go back and write a shorter text."),
)
_UNEXPECTED = Kind(
    500,
    N_("Something went wrong at our end"),
    N_("It is our fault, not yours, and it has been noted. Answers saved before are still there. Try again."),
    level=logging.ERROR,
)
_BUSY = Kind(
    503,
    N_("We cannot save just now"),
    N_(
        "The system is busy or being looked after. Nothing you answered is lost: wait a moment and try again."
    ),
    level=logging.ERROR,
    keeps=True,
    retry_after=RETRY_AFTER,
)
_OFTEN = Kind(
    429,
    N_("A little too fast"),
    N_("There were many requests in a short time. Wait a minute and try again."),
    level=logging.WARNING,
    keeps=True,
    retry_after=60,
)

KINDS: tuple[tuple[type[BaseException], Kind], ...] = (
    (
        NotYoursAnyMore,
        Kind(
            404,
            N_("This talk is no longer yours to see"),
            N_(
                "Whoever holds a talk sees it as long as the two belong together, as manager and employee or"
                " as coach and the person who chose the coach. Nothing is wrong with your link. If you noted"
                " something for yourself, it is still in your list of talks."
            ),
            way_on=(N_("Development talks"), "talks.home"),
        ),
    ),
    (
        LinkIsOver,
        Kind(
            404,
            N_("This link has stopped working"),
            N_(
                "It was for preparing a talk that has been held, cancelled or moved, or whose time is over."
                " Sign in to see how it stands."
            ),
            way_on=(N_("Sign in"), "signin.how"),
        ),
    ),
    (
        OutOfTurn,
        Kind(
            403,
            N_("That can no longer be done in this talk"),
            N_(
                "The talk may have been held or cancelled meanwhile, or both of you have signed something in"
                " it: then it is noted as held. Nothing was changed."
            ),
            way_on=(N_("Development talks"), "talks.home"),
        ),
    ),
    (NotFound, _MISSING),
    (
        SignedOut,
        Kind(
            401,
            N_("Open your link again"),
            N_(
                "You are signed out on this device, or you have been away for a while. Open your personal"
                " link again and carry on where you left off."
            ),
            keeps=True,
        ),
    ),
    (
        NotSignedIn,
        Kind(
            401,
            N_("Sign in first"),
            N_(
                "This page is for people who have signed in, and a session ends after a while. You get in"
                " with a link by mail."
            ),
            signs_in=True,
            keeps=True,
        ),
    ),
    (
        TooManyTries,
        Kind(
            429,
            N_("Too many tries"),
            N_("There were too many tries in a short time. Wait a quarter of an hour and try again."),
            level=logging.WARNING,
        ),
    ),
    (
        NotAllowed,
        Kind(
            403,
            N_("That can no longer be changed"),
            N_(
                "The answers may have been submitted, or the time for answering may be over. "
                "Nothing was changed."
            ),
        ),
    ),
    (
        CSRFError,
        Kind(
            400,
            N_("This page has expired"),
            N_("We could not be sure that this came from you, so it has not been saved."),
            keeps=True,
            forgeable=True,
            otherwise=N_("Load the page again and repeat your last step."),
        ),
    ),
    (StoreUnavailable, _BUSY),
    (
        NoSeat,
        Kind(
            503,
            N_("Many documents are being made just now"),
            N_("Yours was not made yet. Nothing is lost: wait a moment and try again."),
            level=logging.WARNING,
            keeps=True,
            retry_after=RETRY_PRINTING,
        ),
    ),
    (
        AlreadyFetching,
        Kind(
            429,
            N_("You are fetching a file already"),
            N_("One file at a time: let it finish, or stop it, and try again after a moment."),
            retry_after=RETRY_PRINTING,
        ),
    ),
    (InvalidAnswers, _WRONG),
    (InvalidChoice, _WRONG),
    (BadInput, _WRONG),
    (RequestEntityTooLarge, _TOO_LARGE),
)
_BY_STATUS = {404: _MISSING, 405: _MISSING, 413: _TOO_LARGE, 429: _OFTEN, 503: _BUSY}


def kind_of(error: BaseException) -> Kind:
    """How `error` is told to the visitor."""
    for kind_of_error, kind in KINDS:
        if isinstance(error, kind_of_error):
            return kind
    if isinstance(error, HTTPException) and error.code is not None:
        fallback = _WRONG if error.code < 500 else _UNEXPECTED
        return _BY_STATUS.get(error.code, fallback)
    return _UNEXPECTED
