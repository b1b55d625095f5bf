"""Who has signed in: the session behind the cookie of people, found once a request.

It is apart from the cookie that answering uses (`visitor.py`): one browser may hold both, and neither opens
the pages of the other. The cookie holds nothing but the session's secret; what it is worth is decided by
`assess/people/sessions.py`.
"""

from __future__ import annotations

from typing import cast

from flask import Response, g, request

from assess.errors import AssessError
from assess.people import sessions
from assess.people.sessions import PersonSession
from assess.settings import Settings
from assess.web import language
from assess.web.services import services
from questionnaires.definition import LanguageId

_MEMO = "person"


class NotSignedIn(AssessError):
    """Nobody has signed in, or the session has run out: a new link signs in."""


def cookie_name(settings: Settings) -> str:
    """`__Host-` ties the cookie to this host and to https; browsers refuse that name over plain http."""
    return "__Host-assess-person" if settings.is_https else "assess-person"


def session() -> PersonSession:
    """The session of this request. Raises `NotSignedIn` when there is none."""
    found = find()
    if found is None:
        raise NotSignedIn("Nobody has signed in.", "Use a new sign-in link.")
    return found


def find() -> PersonSession | None:
    """The session of this request, looked up at most once; its language is that of the page."""
    if _MEMO not in g:
        secret = known_secret()
        found = sessions.find(services().store, secret, services().now) if secret else None
        setattr(g, _MEMO, found)
        if found is not None:
            language.use(found.language)
    return cast("PersonSession | None", g.get(_MEMO))


def known_secret() -> str | None:
    """What the cookie holds, whatever it is worth."""
    return request.cookies.get(cookie_name(services().settings))


def speak(chosen: LanguageId) -> None:
    """Changes the language of this device, if somebody has signed in on it."""
    found = find()
    if found is not None:
        setattr(g, _MEMO, sessions.set_language(services().store, found, chosen))


def remember(response: Response, secret: str) -> None:
    """Ties this browser to a new session, until it closes."""
    settings = services().settings
    response.set_cookie(
        cookie_name(settings),
        secret,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )


def forget(response: Response) -> None:
    """Takes the session from this browser."""
    settings = services().settings
    response.delete_cookie(
        cookie_name(settings), path="/", secure=settings.is_https, httponly=True, samesite="Lax"
    )
