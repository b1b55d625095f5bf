"""How far a wave is, unit by unit, and reminders to those who have not finished; never who they are."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess.campaigns import reminding
from assess.campaigns.response import GroupResponse, UnitResponse
from assess.campaigns.response import response as counted
from assess.web import language, person
from assess.web.admin.blueprint import blueprint
from assess.web.admin.campaign_words import state_words
from assess.web.admin.steps import or_back
from assess.web.admin.trying import addresses_of
from assess.web.admin.wave import detail_of, order_work, show_wave
from assess.web.asks import asks
from assess.web.language import gettext, ngettext
from assess.web.services import services


@dataclass(frozen=True, slots=True)
class Line:
    """A unit with everything beneath it."""

    name: str
    path: str
    depth: int
    asked: str
    finished: str
    share: str
    note: str


@blueprint.get("/campaigns/waves/<wave_id>/response")
@asks("see-response")
@or_back
def response(wave_id: str) -> ResponseReturnValue:
    """Numbers of groups that are large enough."""
    detail = detail_of(wave_id)
    found = counted(services().store, person.session().actor, wave_id, services().now)
    return render_template(
        "admin_wave_response.html",
        person=person.session(),
        wave=detail.wave,
        state=state_words(detail.wave),
        lines=[_line(one, detail.wave.plan.least) for one in sorted(found, key=_by_names)],
        banded=any(one.band for one in found),
        may_remind="remind" in detail.steps,
        note=_reminded(request.args.get("letters", "")),
    )


@blueprint.get("/campaigns/waves/<wave_id>/remind")
@asks("run-campaigns")
@or_back
def confirm_remind(wave_id: str) -> ResponseReturnValue:
    detail = detail_of(wave_id)
    detail.wave.require("remind", services().now)
    return render_template(
        "admin_wave_confirm.html",
        person=person.session(),
        wave=detail.wave,
        heading=gettext("Send a reminder?"),
        what=[
            gettext("Everybody who has something left to answer gets one letter with a new link."),
            gettext("Nobody gets two letters on one day, however often you press."),
            gettext("You are told how many letters there are, never to whom."),
        ],
        button=gettext("Send the reminder"),
        counts=[],
        warnings=[],
    )


@blueprint.post("/campaigns/waves/<wave_id>/remind")
@asks("run-campaigns")
@or_back
def remind(wave_id: str) -> ResponseReturnValue:
    """Tells how many letters were put, or how many at most."""
    done = reminding.remind(services().store, person.session().actor, wave_id, services().now)
    order_work()
    letters = f"{'' if done.exact else '~'}{done.letters}"
    return redirect(url_for("admin.response", wave_id=wave_id, letters=letters), 303)


@blueprint.post("/campaigns/waves/<wave_id>/links")
@asks("run-campaigns")
@or_back
def trial_links(wave_id: str) -> ResponseReturnValue:
    """The wave's page with a link to each trial: shown this once, never stored."""
    return show_wave(wave_id, links=addresses_of(wave_id))


def _reminded(letters: str) -> str:
    about, number = letters.startswith("~"), letters.lstrip("~")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        return ""
    if about:
        return gettext("At most %(number)s reminders are on their way.", number=number)
    return ngettext("%(num)s reminder is on its way.", "%(num)s reminders are on their way.", int(number))


def _by_names(one: UnitResponse) -> list[str]:
    """Every unit right after the one above it, units side by side by name."""
    return [name.casefold() for name in one.path]


def _line(one: UnitResponse, least: int) -> Line:
    shown: UnitResponse | GroupResponse = one
    note, finished, share = "", "–", "–"
    if one.group is not None and _is_within(one.group, one):
        shown = one.group
        note = ngettext(
            "without %(num)s person who is counted elsewhere",
            "without %(num)s people who are counted elsewhere",
            one.invited - shown.invited,
        )
    if shown.submitted is not None:
        finished, share = (
            language.number(shown.submitted, 0),
            language.percent(shown.submitted / shown.invited),
        )
    elif shown.band is not None:
        share = gettext("%(low)s–%(high)s%%", low=shown.band[0], high=shown.band[1])
    else:
        note = gettext("too few to show") if one.invited < least else gettext("not shown alone")
    return Line(
        name=one.path[-1],
        path=" / ".join(one.path[:-1]),
        depth=one.depth,
        asked=language.number(shown.invited, 0),
        finished=finished,
        share=share,
        note=note,
    )


def _is_within(group: GroupResponse, one: UnitResponse) -> bool:
    """Whether it is made of nobody else: a leader or a few others of the unit are counted with neighbours."""
    return all(path[: len(one.path)] == one.path for path in group.units)
