"""What comes next, in words, with the one button that leads there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from flask import url_for

from assess.talks.types import Agreement, Talk
from assess.web.language import gettext
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
        "prepare": (
            N_(
                "Think it over on your own first; a quarter of an hour is enough. You and %(other)s read what"
                " the other has written when both of you are ready, not before."
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

_WAIT_UNPREPARED = N_("The talk brief opens when both are ready, at the latest when the talk begins.")


def next_of(talk: Talk, agreements: tuple[Agreement, ...], viewer_id: str, now: datetime) -> Next:
    """What comes next for the viewer."""
    step = next_step(facts_of(talk, agreements, viewer_id, now))
    text, label, endpoint = STEPS[step]
    if step == "wait" and talk.own_ready_at is None:  # a new manager does not prepare
        text, label, endpoint = _WAIT_UNPREPARED, "", ""
    names = {"person": shown_name(talk.person), "other": shown_name(talk.other)}
    return Next(
        step,
        gettext(text, **names),
        gettext(label) if label else "",
        url_for(endpoint, talk_id=talk.id) if endpoint else "",
    )
