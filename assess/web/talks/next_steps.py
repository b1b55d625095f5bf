"""What comes next in a talk for the one who looks at it: one visible table, pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from assess.talks.types import Agreement, Talk

Step: TypeAlias = Literal[
    "own-notes",
    "cancelled",
    "look",
    "lapses",
    "move-on",
    "taken-over",
    "prepare",
    "read-brief",
    "wait",
    "talk",
    "sign",
    "hold",
    "agree",
    "follow",
]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the choice rests on."""

    talk: Talk
    has_begun: bool
    is_over: bool
    """By the clock: it should have ended."""
    agreements: int
    to_sign: int
    """Agreements that the viewer has not signed as they stand."""
    moved_on: bool = False
    """Whether the person has shown the talk to the manager of today."""

    @property
    def is_planned(self) -> bool:
        return self.talk.state == "planned"

    @property
    def prepares(self) -> bool:
        return self.talk.role in {"person", "holder"}


RULES: tuple[tuple[Step, Callable[[Facts], bool]], ...] = (
    ("own-notes", lambda facts: facts.talk.role == "former"),
    ("cancelled", lambda facts: facts.talk.state == "cancelled"),
    ("look", lambda facts: facts.talk.role == "coach"),
    (
        "lapses",
        lambda facts: (
            facts.is_planned
            and facts.talk.role == "person"
            and not facts.talk.holder_is_current
            and not facts.has_begun
            and (facts.agreements == 0 or facts.talk.holder_role == "coach")
        ),
    ),
    (
        "move-on",
        lambda facts: (
            facts.talk.role == "person"
            and facts.talk.holder_role == "manager"
            and not facts.talk.holder_is_current
            and not facts.moved_on
        ),
    ),
    ("taken-over", lambda facts: facts.is_planned and facts.talk.role == "successor" and not facts.to_sign),
    ("sign", lambda facts: facts.talk.role == "successor" and facts.to_sign > 0),
    (
        "prepare",
        lambda facts: (
            facts.is_planned and facts.prepares and not facts.has_begun and facts.talk.own_ready_at is None
        ),
    ),
    ("read-brief", lambda facts: facts.is_planned and not facts.has_begun and facts.talk.is_open),
    ("wait", lambda facts: facts.is_planned and not facts.has_begun),
    ("talk", lambda facts: facts.is_planned and not facts.is_over and facts.agreements == 0),
    ("sign", lambda facts: facts.to_sign > 0),
    ("hold", lambda facts: facts.is_planned and facts.talk.role == "holder"),
    ("agree", lambda facts: facts.agreements == 0),
    ("follow", lambda _: True),
)
"""The first that holds is what comes next."""


def facts_of(
    talk: Talk, agreements: tuple[Agreement, ...], viewer_id: str, now: datetime, *, moved_on: bool = False
) -> Facts:
    """What the choice rests on, for the one whose id is given."""
    signs = talk.role in {"person", "holder", "successor"}
    return Facts(
        talk,
        has_begun=talk.starts_at <= now,
        is_over=talk.starts_at + timedelta(minutes=talk.minutes) <= now,
        agreements=len(agreements),
        to_sign=sum(viewer_id not in one.signed_by for one in agreements) if signs else 0,
        moved_on=moved_on,
    )


def next_step(facts: Facts) -> Step:
    """What the page puts first."""
    return next(step for step, holds in RULES if holds(facts))
