"""In and out: the personal link, the welcome, the choice of job areas, signing out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess.answering import cards, links, sessions, tasks
from assess.answering.errors import ChoiceFault, InvalidChoice
from assess.answering.types import AreaChoice, JobArea, Progress, Task
from assess.errors import NotFound
from assess.web import language, limits, person, visitor
from assess.web.answer.blueprint import blueprint
from assess.web.answer.card import card_page, open_card
from assess.web.answer.outcome import is_finished, outcome_page
from assess.web.asks import OPEN, asks
from assess.web.services import services
from assess.web.texts import wordbook
from assess.web.who_sees import statements

_PLACE = re.compile(r"area-[1-9][0-9]?")
"""Fields of the choice: `area-1` is asked in full, `area-2` in short where there is a short form."""


@blueprint.get("/a/<token>")
@asks(OPEN)
def link(token: str) -> ResponseReturnValue:
    """A button. Reading it uses nothing up and tells a first name and nothing more, for mail scanners and
    whoever else gets hold of a mail read links too."""
    card = cards.find(services().store, token, services().now)
    if card is not None:
        return card_page(card)
    task = links.look(services().store, token, services().now)
    if not language.was_chosen():
        language.use(task.language)
    return render_template("link.html", task=task, words=wordbook(task, language.current()))


@blueprint.post("/a/<token>")
@asks(OPEN)
def enter(token: str) -> ResponseReturnValue:
    """Exchanges the link, or the card and its code word, for a session, and goes to an address that is worth
    nothing to others."""
    store, now = services().store, services().now
    chosen = language.current() if language.was_chosen() else None
    limits.require("open-link")
    card = cards.find(store, token, now)
    if card is not None:
        secret, refused = open_card(card, token)
        if refused is not None:
            return refused
    else:
        try:
            secret = links.exchange(store, token, now)
        except NotFound:
            limits.count("open-link")
            raise
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
    # Who has finished comes back for the result, not to read the welcome again.
    task = tasks.task(store, session, now)
    return redirect(url_for(outcome_page(task) if is_finished(task) else "answer.welcome"), 303)


@blueprint.get("/answer")
@asks("read")
def welcome() -> ResponseReturnValue:
    """What it is about, how long it takes, who will see what; then start or continue."""
    return _welcome(tasks.task(services().store, visitor.session(), services().now))


@blueprint.post("/answer/areas")
@asks("answer")
def choose_areas() -> ResponseReturnValue:
    """Takes the job areas in the order in which the respondent chose them, and begins with the first."""
    store, session, now = services().store, visitor.session_of_form(), services().now
    last = max((int(name[5:]) for name in request.form if _PLACE.fullmatch(name)), default=1)
    given = tuple(request.form.get(f"area-{number}", "") for number in range(1, last + 1))
    try:
        if not given[0]:
            raise InvalidChoice("none")
        task = tasks.choose_job_areas(store, session, [area for area in given if area], now)
    except InvalidChoice as error:
        return _welcome(tasks.task(store, session, now), error.fault, given), 422
    return redirect(url_for("answer.resume", sheet_id=_next_sheet(task).sheet_id), 303)


@blueprint.post("/language")
@asks(OPEN)
def choose_language() -> ResponseReturnValue:
    """Changes the language of this browser, of the session if there is one, and shows the page again."""
    chosen = language.known(request.form.get("language"))
    if chosen is not None:
        person.speak(chosen)
        session = visitor.find()
        if session is not None:
            # Only the languages of the questionnaire are offered; another one is a wrong request, unless it
            # comes from a page of somebody who has signed in as well.
            with suppress(*(() if person.find() is None else (InvalidChoice,))):
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


def _welcome(task: Task, fault: ChoiceFault | None = None, given: Sequence[str] = ()) -> str:
    left = [sheet.asked - sheet.answered for sheet in task.sheets if sheet.submitted_at is None]
    questions = sum(left) if task.sheets else tasks.questions_of_area(task, 1)
    closes_at = task.wave.closes_at
    return render_template(
        "welcome.html",
        task=task,
        words=wordbook(task, language.current()),
        statements=statements(task),
        upcoming=_next_sheet(task) if task.sheets else None,
        submitted=[sheet for sheet in task.sheets if sheet.submitted_at],
        finished=is_finished(task),
        later=tasks.later_task(services().store, visitor.session(), services().now)
        if task.wave.is_over
        else None,
        questions=questions,
        minutes=tasks.minutes(task, questions),
        fault=fault,
        choice=_choice(task, task.choice, given) if task.choice else None,
        note=request.args.get("note", ""),
        closes=language.day(closes_at, services().settings.time_zone)
        if closes_at and task.wave.is_open
        else "",
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """What is asked about the job area at one place, and what is chosen for it."""

    number: int
    chosen: str
    fixed: JobArea | None
    """The area that already holds answers there: nothing is left to choose."""
    is_short: bool
    minutes: int


@dataclass(frozen=True, slots=True)
class _Choice:
    areas: tuple[JobArea, ...]
    places: tuple[_Place, ...]


def _choice(task: Task, choice: AreaChoice, given: Sequence[str]) -> _Choice:
    """The job areas that can be chosen, place by place, with what was `given`, else with what is chosen."""
    current = tuple(sheet.job_area for sheet in task.sheets if sheet.job_area)
    chosen = given or choice.chosen
    return _Choice(
        areas=tuple({area.id: area for area in (*choice.areas, *current)}.values()),
        places=tuple(
            _Place(
                number=number,
                chosen=chosen[number - 1] if number <= len(chosen) else "",
                fixed=next((a for a in current[number - 1 : number] if a.id in choice.fixed), None),
                is_short=tasks.questions_of_area(task, number) < tasks.questions_of_area(task, 1),
                minutes=tasks.minutes(task, tasks.questions_of_area(task, number)),
            )
            for number in range(1, choice.at_most + 1)
        ),
    )


def _next_sheet(task: Task) -> Progress:
    """The first sheet that is not submitted, else the first."""
    return next((sheet for sheet in task.sheets if sheet.submitted_at is None), task.sheets[0])
