"""Typing in what somebody has answered on paper, in that person's name. Logged about the person.

Whoever types in sees what is typed and nothing else: nothing that was answered on a screen, no result. Of a
confidential questionnaire not even whether anything was: what was answered on a screen counts, the paper is
then left aside, and whoever types reads the same either way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from assess.answering.cards import leave
from assess.answering.loading import load_task
from assess.answering.paper_codes import code_hash
from assess.answering.sheets import save
from assess.answering.submitting import submit
from assess.answering.tasks import choose_job_areas
from assess.answering.types import Given, Session, Task
from assess.audit.log import record
from assess.campaigns.definitions import form_of, short_form_at
from assess.errors import AssessError, NotFound
from assess.rights import Actor, Administration, may
from assess.scoring.form import Form
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries

WhyNot: TypeAlias = Literal["submitted", "begun", "closed"]


class NotTakenFromPaper(AssessError):
    """A code that is right, for a questionnaire that takes nothing from paper (any more).

    `reason`: "submitted", "begun" (the person has answers on a screen and finishes there), "closed"; of a
    confidential one never but "closed".
    """

    def __init__(self, reason: WhyNot) -> None:
        super().__init__(f"Nothing can be typed in: {reason}.")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """The questions about one job area, numbered on paper in the order of `form.item_ids`."""

    place: int
    form: Form


@dataclass(frozen=True, slots=True)
class PaperTask:
    """What a code stands for, without a single answer."""

    task: Task
    blocks: tuple[PaperBlock, ...]

    @property
    def is_confidential(self) -> bool:
        return _is_confidential(self.task)


@dataclass(frozen=True, slots=True)
class Entered:
    """The answers of one block. `job_area_id`: which was ticked, None where the area is given or there is
    none."""

    given: Mapping[str, Given]
    job_area_id: str | None = None


def find(store: Store, actor: Actor, code: str, now: datetime) -> PaperTask:
    """What a code stands for. Raises `NotFound` for a code of nothing or of somebody else's organisation,
    and `NotTakenFromPaper`."""
    with store.read() as q:
        task = _task(q, actor, code, now)
        _require_taken(q, task)
        return PaperTask(task, _blocks(q, task))


def enter(
    store: Store,
    actor: Actor,
    code: str,
    entered: Sequence[Entered],
    now: datetime,
    *,
    share: bool = False,
) -> Task:
    """Stores and submits a questionnaire from paper; the blocks in their order, empty ones at the end left
    out. What is blank stays missing. `share`: what was ticked; nothing ticked is no. A confidential one of
    which anything is answered on a screen stays as it is, without a word about it.

    A repeated call after a fault goes on where it was broken off. Raises as `find`, and `InvalidAnswers`,
    `InvalidChoice`, with nothing submitted.
    """
    with store.write() as q:
        task = _task(q, actor, code, now)
        q.lock_task(id=task.key.id)
        _require_taken(q, task)
        is_left_aside = _why_not(q, task) is not None
        if is_left_aside:
            q.withdraw_paper_codes(task_id=task.key.id, now=time_text(now))
            _log(store, q, actor, task, now)
    if not is_left_aside:
        task = _store(store, actor, task, entered, now, share=share)
    return task


def _store(
    store: Store, actor: Actor, task: Task, entered: Sequence[Entered], now: datetime, *, share: bool
) -> Task:
    session = _session(task, now)
    if task.choice is not None:
        areas = [block.job_area_id for block in entered if block.job_area_id is not None]
        task = choose_job_areas(store, session, areas, now)
    with store.write() as q:  # from here on a second call knows that the answers are from paper
        q.mark_entered(task_id=task.key.id, person_id=actor.id)
        leave(q, task.key.id, now)
        _log(store, q, actor, task, now)
    for progress, block in zip(task.sheets, entered, strict=False):
        save(store, session, progress.sheet_id, block.given, now, overwrite=True)
    for progress in task.sheets[: len(entered)]:
        submit(
            store,
            session,
            progress.sheet_id,
            now,
            share=share if task.sharing is not None and task.sharing.is_asked else None,
            from_paper=True,
        )
    with store.write() as q:  # last: until everything is submitted the code lets go on
        q.withdraw_paper_codes(task_id=task.key.id, now=time_text(now))
    return task


def _log(store: Store, q: Queries, actor: Actor, task: Task, now: datetime) -> None:
    """Notes about the person who typed, before anything is stored; once, however often it is gone on with."""
    noted = {"actor_id": actor.id, "action": "enter-paper", "object_id": task.key.id}
    if not q.logged_since(**noted, since=""):
        record(
            store,
            q,
            actor_id=actor.id,
            action="enter-paper",
            object_id=task.key.id,
            about_id=task.respondent.id,
            now=now,
        )


def _task(q: Queries, actor: Actor, code: str, now: datetime) -> Task:
    task_id: str | None = q.task_of_paper_code(code_hash=code_hash(code))
    task = None if task_id is None else load_task(q, task_id, now)
    if task is None or not may(actor, "enter-paper", Administration(task.organisation.id)):
        raise NotFound("There is no such code.", "Compare it with the paper: it has twelve signs.")
    return task


def _require_taken(q: Queries, task: Task) -> None:
    why = _why_not(q, task)
    if _is_confidential(task):
        why = None if task.wave.is_open else "closed"
    if why is not None:
        raise NotTakenFromPaper(why)


def _why_not(q: Queries, task: Task) -> WhyNot | None:
    if any(one.submitted_at for one in task.sheets) and all(one.submitted_at for one in task.sheets):
        return "submitted"
    if not task.wave.is_open:
        return "closed"
    return "begun" if q.answered_on_screen(task_id=task.key.id) else None


def _is_confidential(task: Task) -> bool:
    return task.definition.questionnaire.privacy_of(task.perspective) == "confidential"


def _blocks(q: Queries, task: Task) -> tuple[PaperBlock, ...]:
    """In the order in which the paper asks: that of the file, whatever order a screen would have."""
    if task.choice is not None:
        forms = [short_form_at(task.definition, place) for place in range(1, task.choice.at_most + 1)]
    else:
        forms = [row["short_form"] for row in q.assignments(task_id=task.key.id)]
    return tuple(
        PaperBlock(place, form_of(task.key.content_hash, task.definition, task.perspective, short_form))
        for place, short_form in enumerate(forms, 1)
    )


def _session(task: Task, now: datetime) -> Session:
    """A session on nobody's device: it lives as long as this call."""
    return Session(id="", task=task.key, language=task.language, created_at=now, seen_at=now)
