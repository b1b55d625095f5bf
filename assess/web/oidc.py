"""Signing in with the organisation's own accounts, by OpenID Connect: code flow with PKCE, state and nonce.

Authlib speaks to the provider; `assess/people/oidc.py` decides who that is. The address that the provider
sends people back to comes from the settings, and where they go afterwards is always the same page.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, current_app, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from assess.errors import NotFound
from assess.people import oidc
from assess.settings import Settings
from assess.web import limits, person, signin
from assess.web.asks import OPEN, asks
from assess.web.logging import describe, fields
from assess.web.services import services

if TYPE_CHECKING:
    from authlib.integrations.flask_client import FlaskOAuth2App  # type: ignore[import-untyped]

_logger = logging.getLogger(__name__)

_KEY = "assess.oidc"
_NAME = "own_accounts"
_SECONDS = 10
"""How long the provider may take for an answer."""

blueprint = Blueprint("oidc", __name__)


def set_up(app: Flask, settings: Settings) -> None:
    """Nothing without the setting: then the routes below do not exist either."""
    if not settings.has_oidc:
        return
    from authlib.integrations.flask_client import OAuth  # noqa: PLC0415

    app.extensions[_KEY] = OAuth(app).register(
        _NAME,
        client_id=settings.oidc_client,
        client_secret=settings.oidc_secret,
        server_metadata_url=f"{settings.oidc_issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "default_timeout": _SECONDS,
        },
    )
    app.register_blueprint(blueprint)


@blueprint.get("/sign-in/with")
@asks(OPEN)
def go() -> ResponseReturnValue:
    """To the provider. A link and no form: what a form leads to must be of this site."""
    if person.find() is not None:
        return redirect(person.home(), 303)
    _forget_begun()
    try:
        answer: ResponseReturnValue = _provider().authorize_redirect(_back())
    except Exception as error:  # the provider is not ours: whatever goes wrong there is told, not raised
        return _failed(error)
    return answer


@blueprint.get("/sign-in/with/back")
@asks(OPEN)
def back() -> ResponseReturnValue:
    """From the provider, with a code that is exchanged for what it says about the person."""
    limits.require("use-link")
    if "error" in request.args:  # refused there, or broken off by the person
        return signin.page("not-known"), 403
    try:
        claims = _claims()
    except Exception as error:
        return _failed(error)
    try:
        secret = oidc.sign_in(services().store, claims, services().now, before=person.known_secret())
    except NotFound:
        return signin.page("not-known"), 403
    return signin.entered(secret)


def _forget_begun() -> None:
    """What was begun before in this browser and never came back would fill the cookie up, which holds more
    than this."""
    for key in [key for key in cookie if key.startswith(f"_state_{_NAME}_")]:
        cookie.pop(key)


def _claims() -> dict[str, Any]:
    """What the provider says, once state, nonce, issuer, audience, time and signature are right."""
    provider = _provider()
    token = provider.authorize_access_token()
    claims = dict(token["userinfo"])
    if "email" not in claims:
        more = provider.userinfo(token=token)
        if more["sub"] == claims["sub"]:
            claims = {**more, **claims}
    return claims


def _provider() -> FlaskOAuth2App:
    """The provider, once it has said of itself that it is the one of the settings."""
    provider = current_app.extensions[_KEY]
    issuer = str(provider.load_server_metadata().get("issuer", "")).rstrip("/")
    if issuer != services().settings.oidc_issuer:
        raise ValueError("the provider calls itself otherwise than the setting")
    return provider


def _back() -> str:
    """Where the provider sends people: an address of the settings, whatever host this request named."""
    return f"{services().settings.base_url}{url_for('oidc.back')}"


def _failed(error: Exception) -> ResponseReturnValue:
    """A page that leads to the mailed link; what happened goes to the log, without what was said."""
    from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped] # noqa: PLC0415

    _logger.warning("sign-in by OpenID Connect failed", extra=fields(**describe(error)))
    if isinstance(error, OAuthError):
        limits.count("use-link")
        return signin.page("not-known"), 403
    return signin.page("not-reached"), 503
