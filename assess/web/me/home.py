"""Where a person begins: what is to do, what has come of it, and the way to everything else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess.answering import sessions
from assess.personal_data.own import OwnTask, own_tasks
from assess.web import language, person, visitor
from assess.web.asks import asks
from assess.web.language import day
from assess.web.me.blueprint import blueprint
from assess.web.services import services
from assess.web.talks.home import move_on, next_talk


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked with one questionnaire in one wave: about oneself, or about several others."""

    title: str
    wave: str
    until: str
    """The last day for answering, in words; "" where there is none."""
    tasks: tuple[OwnTask, ...]


@blueprint.get("")
@asks("see-own")
def home() -> ResponseReturnValue:
    """What to do first, then the results."""
    session = person.session()
    found = own_tasks(services().store, session.actor, language.current(), services().now)
    return render_template(
        "me.html",
        person=session,
        to_do=asked(task for task in found if task.state in {"new", "begun"}),
        results=[task for task in found if _is_own_result(task)],
        others=by_wave(found),
        next_talk=next_talk(),
        move_on=move_on(),
        day_of=day_of,
        note=request.args.get("note", ""),
    )


@blueprint.post("/tasks/<task_id>")
@asks("see-own")
def open_task(task_id: str) -> ResponseReturnValue:
    """Begins answering one of the own tasks on this device, as its personal link would."""
    store, now = services().store, services().now
    secret = sessions.begin_for(store, person.session().person_id, task_id, now, language.current())
    before = visitor.find()
    if before is not None:
        sessions.end(store, before, now)  # this browser knows only the new one from now on
    visitor.remember(secret)
    return redirect(url_for("answer.welcome"), 303)


def asked(tasks: Iterable[OwnTask]) -> tuple[Ask, ...]:
    """Tasks that follow each other and differ only in whom they are about, as one."""
    zone = services().settings.time_zone
    groups = groupby(tasks, key=lambda task: (task.wave, task.title, task.perspective))
    return tuple(
        Ask(title, wave.name, day(wave.closes_at, zone) if wave.closes_at else "", tuple(members))
        for (wave, title, _), members in groups
    )


def by_wave(tasks: Iterable[OwnTask]) -> list[tuple[str, list[OwnTask], list[OwnTask]]]:
    """What else was answered, newest first: a wave's name, ratings with a result, and what has none."""
    answered = [task for task in tasks if task.submitted_at and not _is_own_result(task)]
    return [
        (
            wave.name,
            [task for task in members if task.has_result],
            [task for task in members if not task.has_result],
        )
        for wave, group in groupby(answered, key=lambda task: task.wave)
        for members in [list(group)]
    ]


def _is_own_result(task: OwnTask) -> bool:
    return task.has_result and task.perspective == "self"


def day_of(task: OwnTask) -> str:
    """The day on which it was submitted, in words."""
    return day(task.submitted_at, services().settings.time_zone) if task.submitted_at else ""
