"""The page of a person's own result, and the decision to share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from assess.answering import results, sharing
from assess.answering.types import Results, Task
from assess.web import language, visitor
from assess.web.answer.blueprint import blueprint
from assess.web.answer.outcome import is_confidential
from assess.web.asks import asks
from assess.web.services import services
from assess.web.texts import wordbook
from reports import charts
from reports.leader import LeaderView
from reports.outcome import view_of_results
from reports.view.parts import PersonalView

View: TypeAlias = PersonalView | LeaderView


@dataclass(frozen=True, slots=True)
class Ways:
    """Addresses that lead on from a result; "" where there is nothing for this reader."""

    report: str = ""
    share: str = ""
    data: str = ""
    on: str = ""
    """Where the questions that are left are answered."""
    sharing: str = ""
    """Where everybody who sees it is listed; not for who is here by a link of this one task."""
    talk: str = ""
    """Where a talk about it is planned."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """By sheet: where the own answers can be read."""


PAGES: MappingProxyType[type[View], str] = MappingProxyType(
    {PersonalView: "profile.html", LeaderView: "leader.html"}
)
"""Kind of view → page that shows it."""


@blueprint.get("/answer/profile")
@asks("see-profile")
def profile() -> ResponseReturnValue:
    """The outcome, from the same view that the PDF is printed from."""
    found = results_now()
    if is_confidential(found.task):
        return redirect(url_for("answer.thanks"), 303)
    view = view_now(found)
    if view is None:
        return redirect(url_for("answer.welcome"), 303)
    return page_of(found, view, "personal.html", _ways(found.task))


def page_of(found: Results, view: View, frame: str, ways: Ways, **more: object) -> str:
    """The page of a result in a frame: that of a personal link, or of somebody who has signed in."""
    return render_template(
        PAGES[type(view)],
        frame=frame,
        ways=ways,
        task=found.task,
        words=wordbook(found.task, language.current()),
        results=found,
        view=view,
        w=view.words,
        charts=charts,
        note=request.args.get("note", ""),
        **more,
    )


def _ways(task: Task) -> Ways:
    is_open = any(sheet.submitted_at is None for sheet in task.sheets)
    return Ways(
        report=url_for("answer.report", language=language.current()),
        share=url_for("answer.share"),
        data=url_for("answer.data"),
        on=url_for("answer.welcome") if is_open else "",
        answers={
            sheet.sheet_id: url_for("answer.check", sheet_id=sheet.sheet_id)
            for sheet in task.sheets
            if sheet.submitted_at
        },
    )


@blueprint.post("/answer/share")
@asks("share")
def share() -> ResponseReturnValue:
    """Shows the profile to the manager, or takes it back."""
    store, session, now = services().store, visitor.session_of_form(), services().now
    decide = {"yes": sharing.share, "no": sharing.unshare}.get(request.form.get("share", ""))
    if decide is None:
        raise BadRequest
    decide(store, session, now)
    return redirect(url_for("answer.profile", note=request.form["share"], _anchor="sharing"), 303)


def results_now() -> Results:
    return results.results(services().store, visitor.session(), services().now)


def view_now(found: Results) -> View | None:
    """What the results say, in the language of this page; None where there is no result to show."""
    return view_of_results(found, language.current(), services().settings.time_zone)
