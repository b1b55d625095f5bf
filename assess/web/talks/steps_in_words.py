"""What comes next, in words, with the one button that leads there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from flask import url_for

from assess.talks import showing
from assess.talks.types import Agreement, Talk
from assess.web import language, person
from assess.web.language import gettext
from assess.web.services import services
from assess.web.talks.frame import shown_name
from assess.web.talks.next_steps import Step, facts_of, next_step
from assess.web.talks.words import N_


@dataclass(frozen=True, slots=True)
class Next:
    step: Step
    text: str
    label: str
    """Of the button; "" where there is nothing to press."""
    address: str


STEPS: Mapping[Step, tuple[str, str, str]] = MappingProxyType(
    {
        "own-notes": (
            N_("You no longer see this talk. What you noted for yourself is still yours."),
            N_("Your own notes"),
            "talks.notes",
        ),
        "cancelled": (N_("This talk was cancelled. Nothing more happens here."), "", ""),
        "look": (
            N_("%(person)s shows you this talk and its agreements."),
            N_("See the agreements"),
            "talks.agreements",
        ),
        "lapses": (
            N_(
                "%(other)s can no longer hold this talk with you, and sees nothing of it. If that stays so"
                " for a day, and nothing is agreed in it, it is cancelled by itself."
            ),
            N_("Decide who sees this talk"),
            "talks.showing",
        ),
        "move-on": (
            N_(
                "%(other)s no longer leads you, and sees nothing of this talk any more. Your manager of today"
                " sees nothing of it either, unless you show it. What is agreed is still yours."
            ),
            N_("Decide who sees this talk"),
            "talks.showing",
        ),
        "taken-over": (
            N_(
                "%(person)s shows you this talk, which somebody else was to hold. What the two had prepared"
                " stays between them: plan a talk of your own."
            ),
            N_("Plan a talk"),
            "talks.new",
        ),
        "prepare": (
            N_(
                "Think it over on your own first; a quarter of an hour is enough. You and %(other)s read what"
                " the other has written when both of you are ready, not before. The talk brief opens then"
                " too, at the latest when the talk begins."
            ),
            N_("Prepare"),
            "talks.prepare",
        ),
        "read-brief": (
            N_("Both of you are ready. Read the talk brief: where you agree, where you differ, what to ask."),
            N_("Read the talk brief"),
            "talks.brief",
        ),
        "wait": (
            N_(
                "You are ready. The talk brief opens when %(other)s is ready too, at the latest when the talk"
                " begins."
            ),
            N_("Look at what you have prepared"),
            "talks.prepare",
        ),
        "talk": (
            N_("Now you talk. Keep the talk brief at hand, and write down together what you agree on."),
            N_("Open the talk brief"),
            "talks.brief",
        ),
        "sign": (
            N_("Read what is written down, and sign it when it is what you agreed on."),
            N_("Read and sign the agreements"),
            "talks.agreements",
        ),
        "hold": (
            N_("Has the talk been held? Note it, so that its agreements live on until the next one."),
            N_("Note that it was held"),
            "talks.held",
        ),
        "agree": (
            N_("Write down what you agree on, each with a first step and a day. One to three are enough."),
            N_("Write an agreement"),
            "talks.add_agreement",
        ),
        "follow": (
            N_("Keep the agreements alive: note how far each is, and talk about them along the way."),
            N_("See the agreements"),
            "talks.agreements",
        ),
    }
)
"""Step → what is said, the button, where it leads."""


def next_of(talk: Talk, agreements: tuple[Agreement, ...], viewer_id: str, now: datetime) -> Next:
    """What comes next for the viewer."""
    step = next_step(facts_of(talk, agreements, viewer_id, now, moved_on=_is_moved_on(talk, now)))
    text, label, endpoint = STEPS[step]
    names = {"person": shown_name(talk.person), "other": shown_name(talk.other)}
    return Next(
        step,
        gettext(text, **names),
        gettext(label) if label else "",
        _address(endpoint, talk) if endpoint else "",
    )


def _address(endpoint: str, talk: Talk) -> str:
    if endpoint == "talks.new":
        return url_for(endpoint, person=talk.person.id)
    return url_for(endpoint, talk_id=talk.id)


def _is_moved_on(talk: Talk, now: datetime) -> bool:
    """Asked only where it matters: by the person, when whoever held the talk does so no longer."""
    if talk.role != "person" or talk.holder_role != "manager" or talk.holder_is_current:
        return False
    found = showing.viewers(services().store, person.session().actor, talk.id, language.current(), now)
    return any(one.role == "manager" and one.since is not None for one in found)
