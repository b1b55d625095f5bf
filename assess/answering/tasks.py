"""The task of a session, and choosing its job areas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assess.answering.errors import InvalidChoice
from assess.answering.loading import actor, load_task, thing
from assess.answering.types import AreaChoice, Session, Task
from assess.campaigns.definitions import form_of, short_form_at
from assess.campaigns.waves import add_sheet
from assess.errors import NotAllowed
from assess.rights import may
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries


def task(store: Store, session: Session, now: datetime) -> Task:
    """Everything about the session's task but answers and results."""
    with store.read() as q:
        return load_task(q, session.task.id, now, session.language)


def later_task(store: Store, session: Session, now: datetime) -> Task | None:
    """Where a late answer goes: the same respondent's task about the same subject with the same questionnaire
    in the next wave of the campaign that takes answers; None where there is none yet."""
    with store.read() as q:
        found = q.later_task(task_id=session.task.id, now=time_text(now))
        return None if found is None else load_task(q, found, now)


def questions_of_area(task: Task, place: int) -> int:
    """How many questions are asked about the job area at `place` (1 = the first, in full)."""
    short_form = short_form_at(task.definition, place)
    form = form_of(task.key.content_hash, task.definition, task.perspective, short_form)
    return len(form.item_ids)


def minutes(task: Task, questions: int) -> int:
    """About how long so many questions take, at least 1.

    The questionnaire says how long its whole self form takes; every question counts alike.
    """
    perspectives = task.definition.questionnaire.perspectives
    whole = "self" if "self" in perspectives else task.perspective
    form = form_of(task.key.content_hash, task.definition, whole, None)
    share = questions / len(form.item_ids)
    return max(1, round(task.definition.questionnaire.minutes * share))


def choose_job_areas(store: Store, session: Session, job_area_ids: Sequence[str], now: datetime) -> Task:
    """Sets the job areas that the respondent answers about, in this order; the first is asked in full.

    An area that already holds answers stays, with its place: leaving it out, or choosing at all after the
    first sheet is submitted, raises `NotAllowed`. Raises `InvalidChoice` for none, too many, one twice, or
    one that is not on the list. Choosing the same again changes nothing.
    """
    with store.write() as q:
        q.lock_task(id=session.task.id)
        q.lock_sheets(task_id=session.task.id)
        before = load_task(q, session.task.id, now, session.language)
        choice = before.choice
        if choice is None or not may(actor(session.task), "answer", thing(before)):
            raise NotAllowed("The job areas cannot be chosen here.")
        wanted = tuple(job_area_ids)
        if wanted and wanted == choice.chosen:
            return before
        _require_possible(choice, wanted)
        _replace_areas(store, q, before, wanted, now)
        return load_task(q, session.task.id, now, session.language)


def _require_possible(choice: AreaChoice, wanted: tuple[str, ...]) -> None:
    if not wanted:
        raise InvalidChoice("none")
    if len(wanted) > choice.at_most:
        raise InvalidChoice("too-many")
    if len(set(wanted)) < len(wanted):
        raise InvalidChoice("twice")
    if not set(wanted) <= {area.id for area in choice.areas} | set(choice.chosen):
        raise InvalidChoice("unknown")
    if not choice.is_open or not choice.fixed <= set(wanted):
        raise NotAllowed("This job area has answers already.", "Keep it, or ask for a new questionnaire.")


def _replace_areas(store: Store, q: Queries, before: Task, wanted: tuple[str, ...], now: datetime) -> None:
    """Areas with answers keep their sheet; the others are made anew in the free places."""
    kept: dict[int, str] = {}
    for row in q.assignments(task_id=before.key.id):
        if before.choice and row["job_area_id"] in before.choice.fixed:
            kept[row["position"]] = row["job_area_id"]
        else:
            if row["sheet_id"] is not None:
                q.delete_answers(sheet_id=row["sheet_id"])
                q.delete_sheet(id=row["sheet_id"])
            q.delete_assignment(id=row["id"])
    places = (position for position in range(1, len(wanted) + len(kept) + 1) if position not in kept)
    for job_area_id in wanted:
        if job_area_id not in kept.values():
            add_sheet(store, q, before.key.id, before.definition, next(places), job_area_id, now)
