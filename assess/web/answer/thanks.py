"""After answers that lead to no result of one's own: thanks, who sees what, what can be taken along."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess.answering import tasks
from assess.web import language, visitor
from assess.web.answer.blueprint import blueprint
from assess.web.answer.outcome import is_confidential, is_finished
from assess.web.asks import asks
from assess.web.services import services
from assess.web.texts import wordbook
from assess.web.who_sees import statements


@blueprint.get("/answer/thanks")
@asks("read")
def thanks() -> ResponseReturnValue:
    """The end of a confidential sheet, and where its respondent comes back to."""
    task = tasks.task(services().store, visitor.session(), services().now)
    if not is_confidential(task):
        return redirect(url_for("answer.profile"), 303)
    if not any(sheet.submitted_at for sheet in task.sheets):
        return redirect(url_for("answer.welcome"), 303)
    return render_template(
        "thanks.html",
        task=task,
        words=wordbook(task, language.current()),
        statements=statements(task),
        finished=is_finished(task),
        note=request.args.get("note", ""),
    )
