"""Who is asking: the session behind the cookie, found once a request.

One signed cookie carries the session's secret, the language last chosen and the seed of the form tokens.
It lives until the browser closes; how long the session itself lives is decided by `assess/answering/`.
"""

from __future__ import annotations

from typing import cast

from flask import g, request
from flask import session as cookie
from werkzeug.exceptions import BadRequest

from assess.answering import sessions
from assess.answering.types import Session
from assess.errors import AssessError
from assess.web import language
from assess.web.services import services

_TOKEN = "session"  # noqa: S105 (a key of the cookie)
_MEMO = "visitor"


class SignedOut(AssessError):
    """No session, or one that has run out: the personal link opens a new one."""


def session() -> Session:
    """The session of this request. Raises `SignedOut` when there is none."""
    found = find()
    if found is None:
        raise SignedOut("There is no session.", "Use your personal link again.")
    return found


def session_of_form() -> Session:
    """The session of this request, for a form that names its task in the field `task`.

    Raises `SignedOut`, and `BadRequest` when another link was opened in this browser since the form was
    shown: what was decided there must not be done to something else.
    """
    found = session()
    if request.form.get("task") != found.task.id:
        raise BadRequest
    return found


def find() -> Session | None:
    """The session of this request, looked up at most once."""
    if _MEMO not in g:
        token = cookie.get(_TOKEN)
        found = sessions.find(services().store, token, services().now) if isinstance(token, str) else None
        setattr(g, _MEMO, found)
        if found is not None:
            language.use(found.language)
    return cast("Session | None", g.get(_MEMO))


def remember(secret: str) -> None:
    """Ties this browser to a new session."""
    cookie[_TOKEN] = secret
    g.pop(_MEMO, None)


def forget() -> None:
    """Takes everything from this browser, the form tokens too."""
    cookie.clear()
    g.pop(_MEMO, None)
