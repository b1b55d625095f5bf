"""One wave: where it is, what it plans, and the steps from draft to archive."""

from __future__ import annotations

from datetime import datetime

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess import jobs
from assess.campaigns import campaigns as use_cases
from assess.campaigns.campaigns import NotReady
from assess.campaigns.overview import WaveDetail, preview, wave_detail
from assess.campaigns.plans import NoSuchTime, local_time
from assess.web import person
from assess.web.admin.blueprint import blueprint
from assess.web.admin.campaign_form import day_of, time_of
from assess.web.admin.campaign_preview import previews
from assess.web.admin.campaign_words import next_step, open_points, state_words, whats_missing
from assess.web.admin.steps import or_back
from assess.web.admin.trying import trial_lines
from assess.web.admin.wave_view import facts, opens_at_once, task_counts, warnings_of, what_opening_does
from assess.web.asks import asks
from assess.web.language import gettext, ngettext
from assess.web.services import services


@blueprint.get("/campaigns/waves/<wave_id>")
@asks("run-campaigns")
def wave(wave_id: str) -> ResponseReturnValue:
    """Everything about a wave but who has answered."""
    return show_wave(wave_id)


@blueprint.get("/campaigns/waves/<wave_id>/open")
@asks("run-campaigns")
@or_back
def confirm_open(wave_id: str) -> ResponseReturnValue:
    """How many people get how many questionnaires and letters; or what is missing."""
    detail = detail_of(wave_id)
    detail.wave.require("open", services().now)
    if detail.problems:
        return redirect(url_for("admin.wave", wave_id=wave_id), 303)
    coming = preview(services().store, person.session().actor, wave_id, services().now)
    nobody = gettext("Nobody would be asked anything. Look at units and leaders.")
    return _confirm(
        detail,
        gettext("Open it?"),
        what_opening_does(detail, coming),
        gettext("Open it now") if opens_at_once(detail) else gettext("Let it open at that time"),
        counts=task_counts(detail, coming),
        warnings=warnings_of(coming) if coming.letters else [(nobody, "")],
    )


@blueprint.post("/campaigns/waves/<wave_id>/open")
@asks("run-campaigns")
@or_back
def open_wave(wave_id: str) -> ResponseReturnValue:
    """Approves it. What has come to be missing meanwhile is told on the wave's page."""
    try:
        use_cases.open_wave_of_plan(services().store, person.session().actor, wave_id, services().now)
    except NotReady:
        return show_wave(wave_id), 422
    order_work()
    detail = wave_detail(services().store, person.session().actor, wave_id, services().now)
    return _back(wave_id, "approved" if detail.phase == "waiting" else "opened")


@blueprint.post("/campaigns/waves/<wave_id>/call-back")
@asks("run-campaigns")
@or_back
def call_back(wave_id: str) -> ResponseReturnValue:
    """A wave that waits for its opening time is a draft again."""
    use_cases.call_back(services().store, person.session().actor, wave_id, services().now)
    return _back(wave_id, "called-back")


@blueprint.post("/campaigns/waves/<wave_id>/closing")
@asks("run-campaigns")
@or_back
def move_closing(wave_id: str) -> ResponseReturnValue:
    """Another closing time for a wave that is open or waits."""
    detail = detail_of(wave_id)
    try:
        closes_at = _typed_closing(detail)
    except NoSuchTime:
        fault = gettext("This time does not exist: the clocks go forward in that night. Choose another one")
        return show_wave(wave_id, closing_fault=fault), 422
    if closes_at is None:
        fault = gettext("Write a day like 2026-11-30 or 30.11.2026, and a time like 18:00")
        return show_wave(wave_id, closing_fault=fault), 422
    try:
        use_cases.move_closing(services().store, person.session().actor, wave_id, closes_at, services().now)
    except NotReady as error:
        return show_wave(wave_id, closing_fault=whats_missing(error.problems[0])), 422
    return _back(wave_id, "moved")


@blueprint.get("/campaigns/waves/<wave_id>/close")
@asks("run-campaigns")
@or_back
def confirm_close(wave_id: str) -> ResponseReturnValue:
    detail = detail_of(wave_id)
    detail.wave.require("close", services().now)
    return _confirm(
        detail,
        gettext("Close it?"),
        [
            gettext("Nothing can be answered any more, and it can never be opened again."),
            gettext(
                "The figures are frozen: the results of groups are made once, from what is submitted now."
            ),
            gettext("Letters that still wait are not sent."),
            gettext("Whoever comes too late is led to the next wave, as soon as there is one."),
        ],
        gettext("Close it for good"),
    )


@blueprint.post("/campaigns/waves/<wave_id>/close")
@asks("run-campaigns")
@or_back
def close_wave(wave_id: str) -> ResponseReturnValue:
    """For good."""
    use_cases.close(services().store, person.session().actor, wave_id, services().now)
    order_work()
    return _back(wave_id, "closed")


@blueprint.post("/campaigns/waves/<wave_id>/archive")
@asks("run-campaigns")
@or_back
def archive(wave_id: str) -> ResponseReturnValue:
    """Puts a closed wave away."""
    use_cases.archive(services().store, person.session().actor, wave_id, services().now)
    return _back(wave_id, "archived")


@blueprint.post("/campaigns/waves/<wave_id>/next")
@asks("run-campaigns")
@or_back
def next_wave(wave_id: str) -> ResponseReturnValue:
    """A copy with the same people, as a draft."""
    new_id = use_cases.next_wave(services().store, person.session().actor, wave_id, services().now)
    return _back(new_id, "copied")


def detail_of(wave_id: str) -> WaveDetail:
    """Raises `NotFound` for a wave of another organisation."""
    return wave_detail(services().store, person.session().actor, wave_id, services().now)


def show_wave(wave_id: str, *, closing_fault: str = "", links: dict[str, str] | None = None) -> str:
    """The page of a wave. `links`: addresses by task id of throw-away respondents, shown this once."""
    detail = detail_of(wave_id)
    closes_at = detail.wave.closes_at
    local = closes_at.astimezone(detail.wave.plan.zone) if closes_at else None
    definitions = {one.planned.content_hash: one.definition for one in detail.questionnaires}
    return render_template(
        "admin_wave.html",
        person=person.session(),
        wave=detail.wave,
        steps=detail.steps,
        state=state_words(detail.wave),
        next_step=next_step(detail.phase),
        note=_notes().get(request.args.get("note", ""), ""),
        missing=open_points(detail.problems),
        progress=_progress(detail),
        trials=trial_lines(detail, links or {}),
        facts=facts(detail),
        previews=previews(detail.wave.plan, definitions),
        closing_fault=closing_fault,
        closing={
            "day": request.form.get("closes-on", local.date().isoformat() if local else ""),
            "time": request.form.get("closes-time", f"{local:%H:%M}" if local else ""),
        },
        next_wave_id=detail.later_waves[0] if detail.later_waves else "",
        results=url_for("releases.home") if "releases.home" in current_app.view_functions else "",
    )


def order_work() -> None:
    """Tells the worker that there is something to do; it looks every minute anyway."""
    jobs.wake(services().settings)


def _progress(detail: WaveDetail) -> dict[str, object] | None:
    """While a wave is being opened: how many questionnaires have been given so far."""
    if detail.phase != "open" or detail.wave.filled_at is not None:
        return None
    everything = sum(
        preview(services().store, person.session().actor, detail.wave.id, services().now).tasks.values()
    )
    words = ngettext(
        "%(done)s of %(num)s questionnaire has been given. The rest follows by itself.",
        "%(done)s of %(num)s questionnaires have been given. The rest follows by itself.",
        everything,
        done=detail.tasks,
    )
    return {"words": words, "done": detail.tasks, "all": max(1, everything)}


def _typed_closing(detail: WaveDetail) -> datetime | None:
    """None for what is no day and time. Raises `NoSuchTime`."""
    day, clock = day_of(request.form.get("closes-on", "")), time_of(request.form.get("closes-time", ""))
    if day is None or clock is None:
        return None
    return local_time(day, clock, detail.wave.plan.zone, late=True)


def _confirm(
    detail: WaveDetail,
    heading: str,
    what: list[str],
    button: str,
    *,
    counts: list[tuple[str, str]] | None = None,
    warnings: list[tuple[str, str]] | None = None,
) -> str:
    return render_template(
        "admin_wave_confirm.html",
        person=person.session(),
        wave=detail.wave,
        heading=heading,
        what=what,
        button=button,
        counts=counts or [],
        warnings=warnings or [],
    )


def _back(wave_id: str, note: str) -> ResponseReturnValue:
    return redirect(url_for("admin.wave", wave_id=wave_id, note=note), 303)


def _notes() -> dict[str, str]:
    """What has just been done, in words."""
    return {
        "saved": gettext("Saved."),
        "opened": gettext("Opened. Questionnaires and letters are on their way."),
        "approved": gettext("Approved. It opens by itself at that time; then the letters go out."),
        "called-back": gettext("Called back. It is a draft again."),
        "moved": gettext("The closing time has been moved."),
        "closed": gettext("Closed. The results are being made."),
        "archived": gettext("Archived."),
        "copied": gettext(
            "This is the next wave: the same plan for the same units. Say anew when it was discussed and when"
            " the answers are deleted."
        ),
        "trying": gettext("You can try it now."),
        "stopped": gettext("The test respondents have been deleted with all their answers."),
        "no-areas": gettext(
            "Nothing can be tried: job areas are to be given, and the organisation has none yet."
        ),
        "moved-on": gettext("That is not possible any more: this is how it stands by now."),
        "full": gettext("There are enough test respondents: use those that there are."),
    }
