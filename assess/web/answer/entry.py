"""In and out: the personal link, the welcome, the choice of job areas, signing out."""

from __future__ import annotations

from contextlib import suppress

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess.answering import links, sessions, tasks
from assess.answering.errors import InvalidChoice
from assess.answering.types import Progress, Task
from assess.rights import notice
from assess.web import language, visitor
from assess.web.answer.blueprint import blueprint
from assess.web.asks import OPEN, asks
from assess.web.services import services
from assess.web.texts import wordbook


@blueprint.get("/a/<token>")
@asks(OPEN)
def link(token: str) -> ResponseReturnValue:
    """Shows who the link is for, and a button. Reading it uses nothing up: mail scanners read links too."""
    task = links.look(services().store, token, services().now)
    if not language.was_chosen():
        language.use(task.language)
    return render_template("link.html", task=task, words=wordbook(task, language.current()))


@blueprint.post("/a/<token>")
@asks(OPEN)
def enter(token: str) -> ResponseReturnValue:
    """Exchanges the link for a session, and goes to an address that is worth nothing to others."""
    store, now = services().store, services().now
    chosen = language.current() if language.was_chosen() else None
    secret = links.exchange(store, token, now)
    before = visitor.find()
    if before is not None:
        sessions.end(store, before, now)  # this browser knows only the new one from now on
    visitor.remember(secret)
    session = visitor.session()
    if chosen is not None and chosen != session.language:
        # A questionnaire that lacks the language is read in the one that the session began with.
        with suppress(InvalidChoice):
            session = sessions.set_language(store, session, chosen)
    language.keep(session.language)
    return redirect(url_for("answer.welcome"), 303)


@blueprint.get("/answer")
@asks("read")
def welcome() -> ResponseReturnValue:
    """What it is about, how long it takes, who will see what; then start or continue."""
    return _welcome(tasks.task(services().store, visitor.session(), services().now))


@blueprint.post("/answer/areas")
@asks("answer")
def choose_areas() -> ResponseReturnValue:
    """Takes the job areas that the respondent chose and begins with the first."""
    store, session, now = services().store, visitor.session_of_form(), services().now
    try:
        task = tasks.choose_job_areas(store, session, tuple(request.form.getlist("area")), now)
    except InvalidChoice as error:
        return _welcome(tasks.task(store, session, now), error.fault), 422
    return redirect(url_for("answer.resume", sheet_id=_next_sheet(task).sheet_id), 303)


@blueprint.post("/language")
@asks(OPEN)
def choose_language() -> ResponseReturnValue:
    """Changes the language of this browser, of the session if there is one, and shows the page again."""
    chosen = language.known(request.form.get("language"))
    if chosen is not None:
        session = visitor.find()
        if session is not None:
            # Only the languages of the questionnaire are offered; another one is a wrong request.
            sessions.set_language(services().store, session, chosen)
        language.keep(chosen)
    return redirect(language.own_path(request.form.get("back")), 303)


@blueprint.post("/sign-out")
@asks(OPEN)
def sign_out() -> ResponseReturnValue:
    """Ends the session and takes everything from this browser but the language."""
    spoken = language.current()
    session = visitor.find()
    if session is not None:
        sessions.end(services().store, session, services().now)
    visitor.forget()
    language.keep(spoken)
    response = redirect(url_for("answer.signed_out"), 303)
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@blueprint.get("/signed-out")
@asks(OPEN)
def signed_out() -> ResponseReturnValue:
    if visitor.find() is not None:
        return redirect(url_for("answer.welcome"), 303)
    return render_template("signed_out.html")


def _welcome(task: Task, fault: str = "") -> str:
    return render_template(
        "welcome.html",
        task=task,
        words=wordbook(task, language.current()),
        statements=notice(task.definition, task.perspective),
        upcoming=_next_sheet(task) if task.sheets else None,
        submitted=[sheet for sheet in task.sheets if sheet.submitted_at],
        fault=fault,
        closes=language.day(task.wave.closes_at, services().settings.time_zone)
        if task.wave.closes_at and task.wave.is_open
        else "",
    )


def _next_sheet(task: Task) -> Progress:
    """The first sheet that is not submitted, else the first."""
    return next((sheet for sheet in task.sheets if sheet.submitted_at is None), task.sheets[0])
