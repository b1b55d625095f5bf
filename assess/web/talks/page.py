"""The page of one talk: when and where, what comes next, who has prepared, the ways to everything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from flask import url_for
from flask.typing import ResponseReturnValue

from assess.talks import agreements as agreeing
from assess.talks import reach
from assess.talks.lapsing import why_lapsed
from assess.talks.reach import Planning, is_reached
from assess.talks.types import Agreement, Talk, TalkState
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
        unreached=unreached(found, now),
        why=_why(found),
        note=_note(found, note()),
    )


def _why(talk: Talk) -> str:
    """For the person: why the clock has cancelled the talk."""
    reason = why_lapsed(services().store, talk)
    return "" if reason is None else gettext(WHY_LAPSED[reason], other=shown_name(talk.holder))


def unreached(talk: Talk, now: datetime) -> str:
    """For whoever holds it: that the person gets no letter, and what to do instead."""
    is_ahead = talk.state != "held" and talk.starts_at > now
    if talk.role != "holder" or not is_ahead or is_reached(services().store, talk):
        return ""
    return gettext(
        "%(name)s has no e-mail address here, and gets no letter. Pass it on yourself: print this page, or"
        " hand over the calendar file. %(name)s can prepare on paper, and you write down together what you"
        " agree on. The talk brief opens when the talk begins.",
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
    if talk.state != "cancelled" and talk.role != "successor":  # it was made for others: agreements move on
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


def _note(talk: Talk, done: str) -> str:
    """What has just been done, in words; of letters only those that there are."""
    simple = {
        "unmoved": gettext("Nothing was changed."),
        "held": gettext("Noted: the talk was held."),
        "not-held": gettext("Taken back: the talk is still to come."),
        "ready": gettext(
            "Saved. You are ready, and %(other)s can see that you are.", other=shown_name(talk.other)
        ),
    }
    too = gettext("You have planned another talk at the same time.") if done.endswith("-too") else ""
    done = done.removesuffix("-too")
    if done in _BY_LETTER and talk.role in {"person", "holder"}:
        return " ".join(filter(None, (_by_letter(talk, done), too)))
    return simple.get(done, "")


_BY_LETTER: Mapping[str, tuple[TalkState, Planning]] = MappingProxyType(
    {
        "planned": ("planned", "talk-invitation"),
        "moved": ("planned", "talk-changed"),
        "cancelled": ("cancelled", "talk-cancelled"),
    }
)
"""What was done, in the address of the page → in which state the talk is then, and which letter tells it."""


def _by_letter(talk: Talk, done: str) -> str:
    state, kind = _BY_LETTER[done]
    if talk.state != state:
        return ""
    told = reach.told(services().store, talk, kind)
    if told.own == told.other == "letter":
        return {
            "planned": gettext("Planned. Letters with a calendar file are on their way to both of you."),
            "moved": gettext("Moved. Letters are on their way; the entry in your calendars is replaced."),
            "cancelled": gettext("Cancelled. Letters are on their way to both of you."),
        }[done]
    first = {"planned": gettext("Planned."), "moved": gettext("Moved."), "cancelled": gettext("Cancelled.")}
    return " ".join(filter(None, (first[done], *_letters(talk, told))))


def _letters(talk: Talk, told: reach.Told) -> Iterator[str]:
    """Sentences on who gets a letter, where not both do."""
    other = shown_name(talk.other)
    if told.own == "letter":
        yield gettext("A letter with a calendar file is on its way to you.")
    elif told.other == "letter":
        yield gettext("A letter with a calendar file is on its way to %(name)s.", name=other)
    elif "invitation" in {told.own, told.other}:
        yield gettext("The invitation has not gone yet; it tells the new time and place.")
    elif "nothing" in {told.own, told.other}:
        yield gettext("The invitation had not gone yet, so no letter goes.")
    if told.own == "no-address":
        yield gettext("You have no e-mail address here, and get none.")
    if told.other == "no-address" and talk.role == "person":
        yield gettext("%(name)s has no e-mail address here, and gets none.", name=other)
