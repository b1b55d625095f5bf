"""The friendly note before submitting: the answers look rushed, or all alike; would you like to look again?

Worked out of the own sheet alone, each time that it is shown, for its respondent and nobody else. Stored
nowhere: not in the sheet, the export, the log or a job. It keeps nobody from submitting.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

import numpy as np

from assess.answering.loading import Row, actor, asked_form, load_task, sheet_row, thing
from assess.answering.timing import timing
from assess.answering.types import Session, Task
from assess.measurement.response_quality_sheet import look_at_sheet
from assess.rights import may
from assess.store import Store

ResponseSign: TypeAlias = Literal["rushed", "alike"]


def note(store: Store, session: Session, sheet_id: str, now: datetime) -> tuple[ResponseSign, ...]:
    """The signs that the respondent may be told of; empty for most, and for a sheet that takes no more
    answers. Changes nothing. Raises `NotFound` for a sheet of another task."""
    with store.read() as q:
        row = sheet_row(q, session, sheet_id)
        task = load_task(q, session.task.id, now, session.language)
        if not may(actor(session.task), "answer", thing(task, submitted=row["submitted_at"] is not None)):
            return ()
        return _signs(task, row, q.answers(sheet_id=sheet_id))


def _signs(task: Task, sheet: Row, answers: list[Row]) -> tuple[ResponseSign, ...]:
    form = asked_form(task, sheet)
    scored = frozenset(form.scored_item_ids)
    given = {row["item_id"]: row["position"] for row in answers if row["item_id"] in scored}
    timed = [row for row in answers if row["position"] is not None]
    per_answer = timing(np.zeros(len(timed), np.intp), [row["saved_at"] for row in timed], 1).per_answer[0]
    answered = sum(bool(position) for position in given.values())
    look = look_at_sheet(form, given, None if np.isnan(per_answer) else float(per_answer) * answered)
    signs: list[ResponseSign] = []
    if look.rushed:
        signs.append("rushed")
    if look.alike:
        signs.append("alike")
    return tuple(signs)
