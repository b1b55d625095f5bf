"""What holds for every request and response: headers, the host, the size and the encoding of what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import unquote_to_bytes, urlsplit

from flask import Flask, Response, request
from gunicorn.http.errors import ParseException  # type: ignore[import-untyped]
from werkzeug.exceptions import BadRequest, NotFound

from assess.settings import Settings
from assess.web import person

MAX_BODY = 256 * 1024
"""Bytes of one request: more than the longest page of free text in any encoding."""

UPLOADS: Mapping[str, int] = MappingProxyType({"admin.stage_roster": 32 * 1024 * 1024})
"""The routes that take files, for whoever has signed in, and the most bytes of a request to them. What is
larger than its kind of file may be, but not larger than this, gets a page that says so."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_PERMISSIONS = ", ".join(
    f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb")
)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_HEALTH = "/healthz"


def cookie_name(settings: Settings) -> str:
    """`__Host-` ties the cookie to this host and to https; browsers refuse that name over plain http."""
    return "__Host-assess" if settings.is_https else "assess"


def guard(app: Flask, settings: Settings) -> None:
    """Checks every request before anything else, and sets the headers of every response."""
    hosts = _hosts(settings)

    @app.before_request
    def check() -> None:
        if _host_name() not in hosts and request.path != _HEALTH:
            raise BadRequest
        if "\0" in request.path:  # no id has one, and PostgreSQL takes none in a question
            raise NotFound
        if request.method == "POST":
            endpoint = request.endpoint or ""
            if endpoint in UPLOADS and request.mimetype == "multipart/form-data":
                person.session()  # nobody else gets as far as sending so much
                request.max_content_length = UPLOADS[endpoint]
                request.max_form_memory_size = UPLOADS[endpoint]
            else:
                _check_encoding()

    @app.after_request
    def harden(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = POLICY
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Permissions-Policy"] = _PERMISSIONS
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if settings.is_https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store"
        return response


def _hosts(settings: Settings) -> frozenset[str]:
    own = urlsplit(settings.base_url).hostname or ""
    return _LOOPBACK if own in _LOOPBACK else frozenset({own.lower()})


def _host_name() -> str:
    try:
        return (urlsplit(f"//{request.headers.get('Host', '')}").hostname or "").lower()
    except ValueError:  # brackets that do not belong together
        return ""


def _check_encoding() -> None:
    """Raises `BadRequest` for a body that is not what a page of ours sends: UTF-8, form or JSON.

    Werkzeug would read a wrong encoding as something else or as nothing at all, and store that.
    """
    if request.content_length is not None and request.content_length > MAX_BODY:
        return  # refused as too large where it is read
    kind = request.mimetype
    if request.mimetype_params.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise BadRequest
    if kind not in {"application/x-www-form-urlencoded", "application/json"}:
        raise BadRequest
    try:
        body = request.get_data(cache=True)
    except (OSError, ParseException) as error:  # chunks that do not fit together
        raise BadRequest from error
    try:
        text = (unquote_to_bytes(body) if kind.endswith("urlencoded") else body).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest from error
    if any(ord(character) < 32 and character not in "\t\r\n" for character in text):
        raise BadRequest
