"""The one place that turns errors into pages, statuses and log levels.

`KINDS` is the table: an error takes the first row that it is an instance of. No page quotes the error.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from flask import Flask, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from assess.answering import tasks
from assess.answering.errors import InvalidAnswers, InvalidChoice
from assess.answering.types import Task
from assess.errors import AssessError, BadInput, NotAllowed, NotFound, StoreUnavailable, TooManyTries
from assess.talks.types import NotYoursAnyMore
from assess.web import language, person, visitor
from assess.web.language import gettext
from assess.web.logging import FAULTS, fields, route
from assess.web.person import NotSignedIn
from assess.web.seats import AlreadyFetching, NoSeat
from assess.web.services import services
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

KEPT_ELSEWHERE = frozenset({"csrf_token", "language", "code-word"})
_OURS = 500
"""From this status on the fault is ours, and the database is not asked for the page that says so."""
_QUESTIONS = "answer.save_page"
MOST_FIELDS = 500
"""Several times as many as the longest question page has."""


def kind_of(error: BaseException) -> Kind:
    """How `error` is told to the visitor."""
    for kind_of_error, kind in KINDS:
        if isinstance(error, kind_of_error):
            return kind
    if isinstance(error, HTTPException) and error.code is not None:
        fallback = _WRONG if error.code < 500 else _UNEXPECTED
        return _BY_STATUS.get(error.code, fallback)
    return _UNEXPECTED


def turn_into_pages(app: Flask) -> None:
    """Every error of the application ends here."""

    @app.errorhandler(Exception)
    def show(error: Exception) -> ResponseReturnValue:
        if isinstance(error, HTTPException) and error.code is not None and error.code < 400:
            return error  # a redirect, not an error
        kind = kind_of(error)
        if isinstance(error, TooManyTries):
            kind = replace(kind, retry_after=error.wait)
        if kind.level >= logging.WARNING:
            FAULTS.log(kind.level, "fault", exc_info=error, extra=fields(**_place()))
        return answer(kind)


def answer(kind: Kind) -> ResponseReturnValue:
    """The page for a person, or JSON for the page's own script."""
    headers = {"Retry-After": str(kind.retry_after)} if kind.retry_after else {}
    if request.mimetype == "application/json":
        body = jsonify(error=kind.status, title=gettext(kind.title), text=gettext(kind.text))
        return body, kind.status, headers
    again = kind.keeps and request.method == "POST" and not (kind.forgeable and _may_be_forged())
    kept = _kept() if again else ()
    if kind.signs_in:  # who has typed nothing only wants in; a file cannot be sent again from here
        again = bool(kept) and not request.files
    task = _task() if kind.status < _OURS else None
    page = render_template(
        "error.html",
        kind=kind,
        again=again,
        kept=kept,
        signed_in=task is not None,
        lost=kind.status in {401, 404} and task is None and person.known_secret() is None,
        back=_page_to_show() or url_for("answer.welcome" if task else "public.front"),
        # A question page saves in any language; other forms must not be sent by choosing one.
        languages="again" if kept and request.endpoint == _QUESTIONS else kind.status < _OURS,
        **({} if task is None else {"task": task}),
    )
    return page, kind.status, headers


def _may_be_forged() -> bool:
    """Whether another site may have sent this form. A browser that does not tell counts as yes."""
    return request.headers.get("Sec-Fetch-Site") != "same-origin"


def _kept() -> tuple[tuple[str, str], ...]:
    """What was posted, to be sent again as it was, from a page in the language that was last chosen.

    Nothing of a form with more fields than any page has: the answer would be many times as long.
    """
    try:
        chosen = language.known(request.form.get("language"))
    except RequestEntityTooLarge:  # refused before anything of it was read
        return ()
    if chosen is not None:
        language.keep(chosen)
    posted = tuple(request.form.items(multi=True))
    if len(posted) > MOST_FIELDS:
        return ()
    return tuple((name, value) for name, value in posted if name not in KEPT_ELSEWHERE)


def _task() -> Task | None:
    """Whose page this is, for its frame; None when nobody is signed in or it cannot be found out now."""
    try:
        session = visitor.find()
        return None if session is None else tasks.task(services().store, session, services().now)
    except AssessError:
        return None


def _page_to_show() -> str | None:
    """The address of this request if it can be shown again: some only take what is sent."""
    rule = request.url_rule
    if rule is None:
        return None
    shown = any(
        "GET" in (other.methods or ())
        for other in current_app.url_map.iter_rules()
        if other.rule == rule.rule
    )
    if not shown:
        return None
    return request.full_path if request.method == "GET" and request.query_string else request.path


def _place() -> dict[str, object]:
    return {"method": request.method, "route": route()}
