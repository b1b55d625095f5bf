"""Where a person goes who has submitted: to the result, or where nothing of it is shown, to the thanks."""

from __future__ import annotations

from assess.answering.types import Task
from assess.web.answer.blueprint import blueprint


@blueprint.app_template_global()
def is_confidential(task: Task) -> bool:
    """Whether these answers lead to no result of their own: only a group's figures may ever show them."""
    return task.definition.questionnaire.privacy_of(task.perspective) == "confidential"


@blueprint.app_template_global()
def outcome_page(task: Task) -> str:
    """The endpoint that a person comes back to after submitting."""
    return "answer.thanks" if is_confidential(task) else "answer.profile"


def is_finished(task: Task) -> bool:
    """Everything is submitted."""
    return bool(task.sheets) and all(sheet.submitted_at for sheet in task.sheets)
