"""Who will see what, as the respondent of a task reads it: the rules, and the terms of the task's wave."""

from __future__ import annotations

from assess.answering.types import Task
from assess.campaigns.overview import terms_of
from assess.rights import Statement, notice
from assess.web.services import services


def statements(task: Task) -> tuple[Statement, ...]:
    """For the template part `who_sees.html`."""
    with services().store.read() as q:
        terms = terms_of(q, task.wave.id)
    return notice(task.definition, task.perspective, terms)
