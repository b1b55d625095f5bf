"""Who has signed in: the session behind the cookie of people, found once a request.

It is apart from the cookie that answering uses (`visitor.py`): one browser may hold both, and neither opens
the pages of the other. The cookie holds nothing but the session's secret; what it is worth is decided by
`assess/people/sessions.py`.
"""

from __future__ import annotations

from typing import Any, cast

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from assess.errors import AssessError
from assess.people import passkeys, sessions
from assess.people.sessions import PersonSession
from assess.rights.table import RULES
from assess.settings import Settings
from assess.web import language
from assess.web.asks import asked
from assess.web.services import services
from questionnaires.definition import LanguageId

_MEMO = "person"

OF_ADMINISTRATORS = frozenset(rule.action for rule in RULES if rule.who == "administrator")
"""What the table of rights lets administrators do as such: the pages that ask for it want their passkey too,
also where others may do the same to something (a leader sees the results of the own units only)."""


OF_A_TALK = frozenset({"/talks/<talk_id>/preparation", "/talks/<talk_id>/calendar.ics"})
"""What a session opens that is limited to a talk: these pages, by their rules, of that talk. Besides them it
can choose a language and sign out; everywhere else it is as if nobody had signed in."""
_OF_EVERY_SESSION = frozenset({"answer.choose_language", "signin.leave"})


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
    """The session of this request, looked up at most once; its language is that of the page.

    None also where a session is limited to one talk, and this is not a page of it.
    """
    if _MEMO not in g:
        secret = known_secret()
        found = sessions.find(services().store, secret, services().now) if secret else None
        if found is not None and not _may_be_here(found):
            found = None
        setattr(g, _MEMO, found)
        if found is not None:
            language.use(found.language)
    return cast("PersonSession | None", g.get(_MEMO))


def _may_be_here(found: PersonSession) -> bool:
    """Whether a session opens the page that is asked for, as far as it is limited."""
    if found.talk_id is None or request.endpoint in _OF_EVERY_SESSION:
        return True
    is_of_a_talk = request.url_rule is not None and request.url_rule.rule in OF_A_TALK
    return is_of_a_talk and (request.view_args or {}).get("talk_id") == found.talk_id


def known_secret() -> str | None:
    """What the cookie holds, whatever it is worth."""
    return request.cookies.get(cookie_name(services().settings))


def speak(chosen: LanguageId) -> None:
    """Changes the language of this device, if somebody has signed in on it."""
    found = find()
    if found is not None:
        setattr(g, _MEMO, sessions.set_language(services().store, found, chosen))


def home(**values: Any) -> str:
    """Where everybody begins who has signed in; `values` go into the address."""
    endpoint = "me.home" if "me.home" in current_app.view_functions else "account.home"
    return url_for(endpoint, **values)


def passkey_required() -> bool:
    """Whether administrators must have a passkey here."""
    return services().settings.admin_passkey == "required"


def guard_administration(app: Flask) -> None:
    """The one place that asks for the second factor, before any page that administrators see as such."""

    @app.before_request
    def confirmed() -> ResponseReturnValue | None:
        view = app.view_functions.get(request.endpoint or "")
        action = None if view is None else asked(view)
        if request.blueprint != "admin" and action not in OF_ADMINISTRATORS:
            return None
        found = find()
        if found is None:
            return None  # the page itself says what is missing
        if passkeys.must_register(found, required=passkey_required()):
            return redirect(url_for("account.home", note="passkey"), 303)
        if passkeys.must_confirm(found):
            back = request.full_path.rstrip("?") if request.method == "GET" else ""
            return redirect(url_for("account.confirm", back=back), 303)
        return None


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
