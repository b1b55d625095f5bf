"""The demo's answers about leadership style: the leaders' own, and what the people whom they lead say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle

import numpy as np

from assess.demo.members import Member, led_by
from assess.demo.tendencies import Tendency, blurred, choose, draw_table
from assess.demo.visits import Positions, Until, Visits

QUESTIONNAIRE = "leadership-style"
_EVEN = (0.25, 0.25, 0.25, 0.25)


@dataclass(frozen=True, slots=True)
class _Leader:
    """One leader: how far the leader has come, and leaning how."""

    until: Until
    tendency: Tendency


_LEADERS = (
    _Leader("done", Tendency(fitting=0.85, habit=_EVEN)),
    _Leader("done", Tendency(fitting=0.05, habit=(0.10, 0.75, 0.10, 0.05))),
    _Leader("done", Tendency(fitting=0.0, habit=_EVEN, steady=60.0)),
    _Leader("half", Tendency(fitting=0.4, habit=(0.05, 0.25, 0.45, 0.25))),
    _Leader("done", Tendency(fitting=0.6, habit=(0.0, 0.2, 0.8, 0.0))),
    _Leader("none", Tendency(fitting=0.3, habit=(0.45, 0.30, 0.15, 0.10))),
    _Leader("done", Tendency(fitting=0.4, habit=(0.10, 0.20, 0.50, 0.20))),
)
"""In the order of the units: flexible and fitting; mostly S2; flexible, but blind; five more of a kind."""

_REPORTS: tuple[Until, ...] = ("done", "done", "done", "half", "done", "done", "none")
"""How far the people of each leader have come, over and over."""

_BLUR = (0.2, 0.6)
"""In how large a share of the situations somebody who is led would guess: least and most."""


def answer_about_leadership(
    visits: Visits, members: list[Member], seed: int, say: Callable[[str], None], *, all_done: bool = False
) -> None:
    """Every leader's own task and those of the people led, each as far as planned, or `all_done`."""
    questionnaire = visits.definition.questionnaire
    teams = led_by(members)
    for number, (plan, (leader_id, team)) in enumerate(zip(_LEADERS, teams.items(), strict=True)):
        generator = np.random.default_rng([seed, number])
        table = draw_table(questionnaire, plan.tendency, generator)
        own = choose(questionnaire, "self", table, generator)
        own_task = visits.task("self", leader_id, leader_id)
        visits.respond(own_task, _always(own), "done" if all_done else plan.until)
        for member, until in zip(team, cycle(("done",) if all_done else _REPORTS), strict=False):
            seen = blurred(table, generator.uniform(*_BLUR))
            said = choose(questionnaire, "direct-report", seen, generator)
            visits.respond(visits.task("direct-report", member.id, leader_id), _always(said), until)
    say(f"→ leadership style of {len(teams)} leaders, by themselves and by the people they lead")


def _always(answers: Positions) -> Callable[[int], Positions]:
    return lambda _: answers
