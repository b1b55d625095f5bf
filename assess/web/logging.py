"""The log of the web: one JSON line a request on standard error, without answers, tokens or names.

A request is logged by its route template (`/a/<token>`), never by its address, and a failure by the type
of the error and the places in the code, never by its message: messages may quote what a person wrote.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Flask, Response, g, request

REQUESTS = logging.getLogger("assess.web.requests")
FAULTS = logging.getLogger("assess.web.faults")
_FIELDS = "fields"


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time, level, logger, event and the fields given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, _FIELDS, {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line.update(describe(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)


def describe(error: BaseException) -> dict[str, object]:
    """Type and places of an error, innermost last; not its message."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "where": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    }


def fields(**values: object) -> dict[str, dict[str, object]]:
    """`extra=` for a log call."""
    return {_FIELDS: values}


_CHATTY = ("fontTools", "weasyprint", "huey")
"""Libraries that tell each of their steps at INFO: what they warn of is worth a line, the rest is not."""


def to_standard_error(level: str) -> None:
    """Sends the whole process's log to standard error as JSON lines, from `level` on. Safe to repeat."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for library in _CHATTY:
        logging.getLogger(library).setLevel(logging.WARNING)


def log_requests(app: Flask) -> None:
    """Gives every request an id (also in the header `X-Request-Id`) and writes its line when it ends."""

    @app.before_request
    def begin() -> None:
        g.request_id = uuid4().hex
        g.began = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        request_id = g.setdefault("request_id", uuid4().hex)
        began = g.setdefault("began", time.perf_counter())
        response.headers["X-Request-Id"] = request_id
        REQUESTS.info(
            "request",
            extra=fields(
                method=request.method if request.method in _METHODS else "other",
                route=route(),
                status=response.status_code,
                ms=round((time.perf_counter() - began) * 1000, 1),
                request=request_id,
            ),
        )
        return response

    def log_exception(error: Any) -> None:
        FAULTS.error("fault", exc_info=error, extra=fields(route=route(), request=g.get("request_id")))

    # Flask's own, for an error page that fails too, would quote the address.
    app.log_exception = log_exception  # type: ignore[assignment]


def route() -> str | None:
    """The template of this request's address."""
    return request.url_rule.rule if request.url_rule else None


_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
