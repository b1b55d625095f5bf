"""The one place that turns errors into pages, statuses and log levels; `error_kinds.py` is the table."""

from __future__ import annotations

import logging
from dataclasses import replace

from flask import Flask, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from assess.answering import tasks
from assess.answering.types import Task
from assess.errors import AssessError, TooManyTries
from assess.web import language, person, visitor
from assess.web.error_kinds import Kind, kind_of
from assess.web.language import gettext
from assess.web.logging import FAULTS, fields, route
from assess.web.services import services

KEPT_ELSEWHERE = frozenset({"csrf_token", "language", "code-word"})
_OURS = 500
"""From this status on the fault is ours, and the database is not asked for the page that says so."""
_QUESTIONS = "answer.save_page"
MOST_FIELDS = 500
"""Several times as many as the longest question page has."""


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
