"""The application factory: settings in, a Flask application out; the environment is never read here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from flask import Flask, url_for
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped]
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from assess.language.catalogue import LANGUAGE_NAMES
from assess.made_by import made_by
from assess.settings import Settings
from assess.store import Store, open_store
from assess.web import errors, language, oidc, person, security
from assess.web import logging as web_logging
from assess.web.account import blueprint as account
from assess.web.admin import blueprint as admin
from assess.web.answer import blueprint as answer
from assess.web.asks import OPEN, asks
from assess.web.batches import blueprint as batches
from assess.web.coaching import blueprint as coaching
from assess.web.fonts import screen_faces
from assess.web.guard import guard
from assess.web.guide import blueprint as guide
from assess.web.me import blueprint as me
from assess.web.public import blueprint as public
from assess.web.releases import blueprint as releases
from assess.web.representative import blueprint as representative
from assess.web.seats import THREADS, Seats
from assess.web.secret import secret_key
from assess.web.services import KEY, Services
from assess.web.signin import blueprint as signin
from assess.web.talk_link import blueprint as talk_link
from assess.web.talks import blueprint as talks
from assess.web.team import blueprint as team
from reports.charts import SCREEN_CSS

_STATIC = Path(__file__).parent / "static"
_YEAR = 365 * 24 * 3600


def utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    store: Store | None = None,
    threads: int = THREADS,
) -> Flask:
    """The whole web application. `clock` gives aware UTC times; `store` defaults to the one of `settings`;
    `threads`: how many of them serve its pages.

    Raises `SettingsError` for a data folder or database that cannot be used.
    """
    app = Flask("assess.web")
    if settings.proxies:  # the host is checked as the proxy passes it on
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=0)  # type: ignore[method-assign]
    app.config.update(
        SECRET_KEY=secret_key(settings.data),
        SESSION_COOKIE_NAME=security.cookie_name(settings),
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        MAX_CONTENT_LENGTH=security.MAX_BODY,
        MAX_FORM_MEMORY_SIZE=security.MAX_BODY,
        MAX_FORM_PARTS=200,
        SEND_FILE_MAX_AGE_DEFAULT=_YEAR,
        WTF_CSRF_TIME_LIMIT=None,
        # We send no referrer, which the check of flask-wtf for https would miss; the token is the check.
        WTF_CSRF_SSL_STRICT=False,
    )
    app.extensions[KEY] = Services(settings, store or open_store(settings), clock, Seats(threads))
    web_logging.log_requests(app)
    security.guard(app, settings)
    CSRFProtect(app)
    person.guard_administration(app)
    guard(app)
    language.set_up(app)
    errors.turn_into_pages(app)
    app.register_blueprint(public)
    app.register_blueprint(answer)
    app.register_blueprint(signin)
    app.register_blueprint(talk_link)
    app.register_blueprint(account)
    oidc.set_up(app, settings)
    app.register_blueprint(me)
    app.register_blueprint(talks)
    app.register_blueprint(team)
    app.register_blueprint(coaching)
    app.register_blueprint(batches)
    app.register_blueprint(guide)
    app.register_blueprint(representative)
    app.register_blueprint(releases)
    app.register_blueprint(admin)
    if settings.demo:
        from assess.web.demo import blueprint as demo  # noqa: PLC0415

        app.register_blueprint(demo)
    made_by()
    app.view_functions["static"] = asks(OPEN)(app.view_functions["static"])
    _set_up_templates(app)
    return app


def _set_up_templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(language_names=LANGUAGE_NAMES, asset=asset, chart_colours=chart_colours)
    app.jinja_env.undefined = StrictUndefined

    @app.context_processor
    def now_speaking() -> dict[str, object]:
        return {"language": language.current(), "faces": screen_faces()}


def asset(name: str) -> str:
    """Address of a static file that changes with its content, so that browsers may keep it for a year."""
    return url_for("static", filename=name, v=_version(_STATIC / name))


def chart_colours() -> str:
    """The same for the colours of the charts."""
    return url_for("public.chart_colours", version=_version(SCREEN_CSS))


@lru_cache(maxsize=32)
def _version(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
