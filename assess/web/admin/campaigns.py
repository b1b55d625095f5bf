"""All campaigns with their waves, and building one: a new one, or the plan of a draft."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess.campaigns import campaigns as use_cases
from assess.campaigns import waves
from assess.campaigns.overview import WaveDetail, campaign_list, wave_detail
from assess.campaigns.plans import WavePlan
from assess.web import person
from assess.web.admin.blueprint import blueprint
from assess.web.admin.campaign_form import Entered, blank, campaign_form, of_plan
from assess.web.admin.campaign_page import Material, material, planned_opening, show_form
from assess.web.admin.campaign_reading import read_campaign
from assess.web.admin.campaign_words import state_words
from assess.web.admin.steps import or_back
from assess.web.asks import asks
from assess.web.services import services


@blueprint.get("/campaigns")
@asks("run-campaigns")
def campaigns() -> ResponseReturnValue:
    """The newest first; waves from before campaigns stand on the page of measurement."""
    session = person.session()
    found = campaign_list(services().store, session.actor, session.organisation_id)
    return render_template(
        "admin_campaigns.html",
        person=session,
        campaigns=[(campaign, [(wave, state_words(wave)) for wave in campaign.waves]) for campaign in found],
    )


@blueprint.get("/campaigns/new")
@asks("run-campaigns")
def new_campaign() -> ResponseReturnValue:
    """An empty form."""
    return show_form(campaign_form(shown=blank()), material())


@blueprint.post("/campaigns/new")
@asks("run-campaigns")
def create_campaign() -> ResponseReturnValue:
    """Keeps a draft, however incomplete, or shows what would be read; with a fault nothing is kept."""
    found, form = material(), campaign_form(request.form)
    entered, faults = read_campaign(form, found.definitions, found.tree, found.choices.zone)
    if faults:
        return show_form(form, found, faults=faults, preview=_asked_for(entered)), 422
    if _asked_for(entered) is not None:
        return show_form(form, found, preview=entered.plan)
    _keep_questionnaires(entered, found)
    session, now = person.session(), services().now
    wave_id = use_cases.create(
        services().store,
        session.actor,
        session.organisation_id,
        entered.name,
        entered.plan,
        planned_opening(entered.opens_at, now),
        entered.closes_at,
        now,
    )
    return redirect(url_for("admin.wave", wave_id=wave_id, note="saved"), 303)


@blueprint.get("/campaigns/waves/<wave_id>/plan")
@asks("run-campaigns")
@or_back
def plan(wave_id: str) -> ResponseReturnValue:
    """The form of a draft, with what it still needs and what its respondents will read."""
    detail = _detail(wave_id)
    wave, found = detail.wave, _material_of(detail)
    opens_at = wave.opens_at if wave.opens_at > services().now else None
    shown = of_plan(wave.name, wave.plan, opens_at, wave.closes_at, found.choices.zone)
    return show_form(
        campaign_form(shown=shown),
        found,
        missing=detail.problems,
        preview=wave.plan,
        wave_id=wave_id,
        saved=True,
    )


@blueprint.post("/campaigns/waves/<wave_id>/plan")
@asks("run-campaigns")
@or_back
def change_plan(wave_id: str) -> ResponseReturnValue:
    """As for a new one."""
    found, form = _material_of(_detail(wave_id)), campaign_form(request.form)
    entered, faults = read_campaign(form, found.definitions, found.tree, found.choices.zone)
    if faults:
        return show_form(form, found, faults=faults, preview=_asked_for(entered), wave_id=wave_id), 422
    if _asked_for(entered) is not None:
        return show_form(form, found, preview=entered.plan, wave_id=wave_id)
    _keep_questionnaires(entered, found)
    now = services().now
    use_cases.change(
        services().store,
        person.session().actor,
        wave_id,
        entered.name,
        entered.plan,
        planned_opening(entered.opens_at, now),
        entered.closes_at,
        now,
    )
    return redirect(url_for("admin.wave", wave_id=wave_id, note="saved"), 303)


def _detail(wave_id: str) -> WaveDetail:
    """Raises `NotFound` for a wave of another organisation, `NotAllowed` once it has opened."""
    detail = wave_detail(services().store, person.session().actor, wave_id, services().now)
    detail.wave.require("change", services().now)
    return detail


def _material_of(detail: WaveDetail) -> Material:
    return material([planned.content_hash for planned in detail.wave.plan.questionnaires])


def _asked_for(entered: Entered) -> WavePlan | None:
    """The plan to preview, when that is what the button asked for."""
    return entered.plan if request.form.get("go") == "preview" else None


def _keep_questionnaires(entered: Entered, found: Material) -> None:
    """A wave keeps its questionnaires as they are now."""
    for planned in entered.plan.questionnaires:
        waves.add_questionnaire(services().store, found.definitions[planned.content_hash], now=services().now)
