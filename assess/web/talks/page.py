"""The page of one talk: when and where, what comes next, who has prepared, the ways to everything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask.typing import ResponseReturnValue

from assess.talks import agreements as agreeing
from assess.talks.lapsing import why_lapsed
from assess.talks.reach import is_reached
from assess.talks.types import Agreement, Talk
from assess.web import language, person
from assess.web.asks import asks
from assess.web.language import gettext, ngettext
from assess.web.services import services
from assess.web.talks.blueprint import blueprint
from assess.web.talks.frame import found_talk, note, shown_name, talk_page
from assess.web.talks.moments import zone
from assess.web.talks.steps_in_words import next_of
from assess.web.talks.words import WHY_LAPSED


@dataclass(frozen=True, slots=True)
class Way:
    """A page that belongs to the talk. `aside`: how it stands there, or why it is closed."""

    label: str
    address: str
    aside: str = ""


def may_cancel(talk: Talk, agreed: Sequence[Agreement], now: datetime) -> bool:
    """Whether its page offers it: not where it would be refused."""
    if talk.state != "planned" or any(one.is_signed for one in agreed):
        return False
    return talk.role == "holder" or (talk.role == "person" and now < talk.starts_at)


@blueprint.get("/<talk_id>")
@asks("see-talk")
def talk(talk_id: str) -> ResponseReturnValue:
    """What comes next first."""
    found = found_talk(talk_id)
    session, now = person.session(), services().now
    agreed: tuple[Agreement, ...] = ()
    if found.role != "former":
        agreed = agreeing.agreements(services().store, session.actor, talk_id, now)
    return talk_page(
        "talk.html",
        found,
        next=next_of(found, agreed, session.person_id, now),
        prepared=_prepared(found),
        ways=_ways(found, agreed, now),
        may_change=found.state == "planned" and found.role == "holder",
        may_cancel=may_cancel(found, agreed, now),
        may_hold=found.state == "planned" and found.role == "holder",
        may_take_back=found.state == "held" and found.role == "holder" and found.starts_at > now,
        held_on=language.day(found.held_at, zone()) if found.held_at else "",
        unreached=_unreached(found, now),
        why=_why(found),
        note=_notes(found).get(note(), ""),
    )


def _why(talk: Talk) -> str:
    """For the person: why the clock has cancelled the talk."""
    reason = why_lapsed(services().store, talk)
    return "" if reason is None else gettext(WHY_LAPSED[reason], other=shown_name(talk.holder))


def _unreached(talk: Talk, now: datetime) -> str:
    """For whoever holds it: that the person gets no letter, and what to do instead."""
    is_ahead = talk.state != "held" and talk.starts_at > now
    if talk.role != "holder" or not is_ahead or is_reached(services().store, talk):
        return ""
    return gettext(
        "%(name)s has no e-mail address here, and gets no letter. Pass it on yourself: print this page, or"
        " hand over the calendar file. %(name)s can bring notes to the talk on paper.",
        name=shown_name(talk.person),
    )


def _prepared(talk: Talk) -> list[tuple[str, str, bool]]:
    """Each of the two: the name, since when ready, whether ready. Never what was written."""
    if talk.role == "former" or talk.state != "planned":
        return []
    lines = []
    for role, somebody, ready_at in (
        ("person", talk.person, talk.person_ready_at),
        ("holder", talk.holder, talk.holder_ready_at),
    ):
        name = gettext("You") if talk.role == role else shown_name(somebody)
        state = (
            gettext("ready since %(day)s", day=language.day(ready_at, zone()))
            if ready_at
            else gettext("not ready yet")
        )
        lines.append((name, state, ready_at is not None))
    return lines


def _ways(talk: Talk, agreed: tuple[Agreement, ...], now: datetime) -> list[Way]:
    """The pages that the viewer may open, in the order of a talk."""
    if talk.role == "former":
        return [Way(gettext("Your own notes"), url_for("talks.notes", talk_id=talk.id))]
    ways = []
    if talk.role in {"person", "holder"}:
        ways.append(Way(gettext("Preparation"), url_for("talks.prepare", talk_id=talk.id)))
    if talk.state != "cancelled":
        aside = (
            "" if talk.is_open else gettext("opens when both are ready, at the latest when the talk begins")
        )
        ways.append(
            Way(gettext("Talk brief"), url_for("talks.brief", talk_id=talk.id) if talk.is_open else "", aside)
        )
    ways.append(
        Way(
            gettext("Agreements"),
            url_for("talks.agreements", talk_id=talk.id),
            ngettext("%(num)s written down", "%(num)s written down", len(agreed)) if agreed else "",
        )
    )
    ways.append(
        Way(
            gettext("Your own notes"),
            url_for("talks.notes", talk_id=talk.id),
            gettext("nobody else opens them here"),
        )
    )
    if talk.role == "person":
        ways.append(Way(gettext("Who else sees this talk"), url_for("talks.showing", talk_id=talk.id)))
    if talk.state == "planned" and talk.role in {"person", "holder"} and talk.starts_at > now:
        ways.append(Way(gettext("Calendar file"), url_for("talks.calendar", talk_id=talk.id)))
    if talk.state == "cancelled" and talk.role in {"person", "holder"} and talk.starts_at > now:
        ways.append(
            Way(
                gettext("Calendar file"),
                url_for("talks.calendar", talk_id=talk.id),
                gettext("takes the talk out of your calendar"),
            )
        )
    return ways


def _notes(talk: Talk) -> dict[str, str]:
    """What has just been done, in words."""
    planned = gettext("Planned. Letters with a calendar file are on their way to both of you.")
    moved = gettext("Moved. Letters are on their way; the entry in your calendars is replaced.")
    too = gettext("You have planned another talk at the same time.")
    return {
        "planned": planned,
        "planned-too": f"{planned} {too}",
        "moved": moved,
        "moved-too": f"{moved} {too}",
        "unmoved": gettext("Nothing was changed."),
        "cancelled": gettext("Cancelled. Letters are on their way to both of you."),
        "held": gettext("Noted: the talk was held."),
        "not-held": gettext("Taken back: the talk is still to come."),
        "ready": gettext(
            "Saved. You are ready, and %(other)s can see that you are.", other=shown_name(talk.other)
        ),
    }
