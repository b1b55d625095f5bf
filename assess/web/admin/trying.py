"""Trying a wave with throw-away respondents before it opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from assess.answering import links
from assess.campaigns import testers
from assess.campaigns.overview import WaveDetail, wave_detail
from assess.errors import NotAllowed, NotFound
from assess.web import language, person
from assess.web.admin.blueprint import blueprint
from assess.web.admin.campaign_words import asked_of
from assess.web.admin.naming import texts_of
from assess.web.admin.steps import or_back
from assess.web.asks import asks
from assess.web.language import gettext
from assess.web.services import services

TRIAL_DAYS = 7
"""How long a link to a trial works at most."""


@dataclass(frozen=True, slots=True)
class TrialLine:
    """One task of a throw-away respondent. `link`: its address, only right after links were asked for."""

    task_id: str
    title: str
    perspective: str
    respondent: str
    link: str


def trial_lines(detail: WaveDetail, addresses: Mapping[str, str]) -> list[TrialLine]:
    """Every trial of the wave, in the order in which they were made."""
    titles = {one.planned.content_hash: texts_of(one.definition).title for one in detail.questionnaires}
    return [
        TrialLine(
            trial.task_id,
            titles.get(trial.content_hash, ""),
            asked_of(trial.perspective),
            trial.respondent,
            addresses.get(trial.task_id, ""),
        )
        for trial in detail.trials
    ]


@blueprint.post("/campaigns/waves/<wave_id>/test")
@asks("run-campaigns")
@or_back
def start_testing(wave_id: str) -> ResponseReturnValue:
    """From now on throw-away respondents can answer; makes the first two of them."""
    testers.start_testing(services().store, person.session().actor, wave_id, services().now)
    return _add(wave_id, "trying")


@blueprint.post("/campaigns/waves/<wave_id>/testers")
@asks("run-campaigns")
@or_back
def add_tester(wave_id: str) -> ResponseReturnValue:
    """Two more, who begin from the start."""
    return _add(wave_id, "trying")


@blueprint.post("/campaigns/waves/<wave_id>/test/stop")
@asks("run-campaigns")
@or_back
def stop_testing(wave_id: str) -> ResponseReturnValue:
    """A draft again; everything that was tried is deleted."""
    testers.stop_testing(services().store, person.session().actor, wave_id, services().now)
    return redirect(url_for("admin.wave", wave_id=wave_id, note="stopped"), 303)


@blueprint.post("/campaigns/waves/<wave_id>/try/<task_id>")
@asks("run-campaigns")
@or_back
def try_task(wave_id: str, task_id: str) -> ResponseReturnValue:
    """To the page that a respondent's link opens."""
    if task_id not in _trials(wave_id):
        raise NotFound("There is no such trial.")
    return redirect(_path(task_id), 303)


def addresses_of(wave_id: str) -> dict[str, str]:
    """A new link to each trial, whole, to be passed on; only its hash is stored."""
    base = services().settings.base_url
    return {task_id: base + _path(task_id) for task_id in _trials(wave_id)}


def _trials(wave_id: str) -> tuple[str, ...]:
    detail = wave_detail(services().store, person.session().actor, wave_id, services().now)
    detail.wave.require("add-tester", services().now)
    return tuple(trial.task_id for trial in detail.trials)


def _path(task_id: str) -> str:
    token = links.mint(services().store, task_id, services().now, days=TRIAL_DAYS)
    return url_for("answer.link", token=token)


def _add(wave_id: str, note: str) -> ResponseReturnValue:
    try:
        testers.add_tester(
            services().store,
            person.session().actor,
            wave_id,
            services().now,
            names=(gettext("Test employee"), gettext("Test leader")),
            language=language.current(),
        )
    except NotAllowed:
        # Too many by now; or none yet, since there are no job areas that could be given.
        note = "full" if _trials(wave_id) else "no-areas"
    return redirect(url_for("admin.wave", wave_id=wave_id, note=note), 303)
