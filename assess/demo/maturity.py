"""The demo's answers about job maturity: for each person the own, and the leader's."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from assess.demo.members import Member
from assess.demo.roster import everybody
from assess.demo.simulation import simulate
from assess.demo.visits import Positions, Until, Visits
from questionnaires.definition import PerspectiveId

QUESTIONNAIRE = "job-maturity"
AREAS_EACH = 2


@dataclass(frozen=True, slots=True)
class _Plan:
    """How far one pair of employee and manager has come; `coach`: the employee shares with the coach too."""

    employee: Until
    manager: Until
    share: bool = False
    coach: bool = False


_PLANS = (
    *[_Plan("done", "done", share=True, coach=True)] * 4,
    *[_Plan("done", "done", share=True)] * 12,
    *[_Plan("done", "done")] * 6,
    _Plan("done", "none", coach=True),
    *[_Plan("done", "none", share=True)] * 4,
    *[_Plan("done", "none")] * 3,
    *[_Plan("half", "done")] * 3,
    *[_Plan("half", "none")] * 3,
    *[_Plan("none", "done")] * 3,
    *[_Plan("none", "none")] * 4,
)
"""One for each person who has a leader."""
_AT_THE_TOP = _Plan("done", "none")
_LOOKS = 5
"""How many managers have looked at what was shared with them."""


def answer_about_maturity(
    visits: Visits,
    members: list[Member],
    area_ids: Mapping[str, str],
    coach_id: str,
    seed: int,
    say: Callable[[str], None],
    *,
    all_done: bool = False,
) -> None:
    """All pairs, each as far as its plan says, or `all_done` and mostly shared."""
    answers = simulate(
        visits.definition.questionnaire,
        np.random.default_rng(seed),
        people=len(everybody()),
        job_areas=AREAS_EACH,
    )
    plans = [replace(plan, employee="done", manager="done") if all_done else plan for plan in _PLANS]
    visits.chance.shuffle(plans)
    top, *led = members
    looks = _LOOKS
    for done, (member, plan) in enumerate(zip((*led, top), (*plans, _AT_THE_TOP), strict=True), start=1):

        def given(perspective: PerspectiveId, member: Member = member) -> Callable[[int], Positions]:
            return lambda place: answers.answers(perspective, place, member.number)

        _answer_about(visits, member, plan, area_ids, given)
        if plan.coach and member.id != coach_id:
            visits.share_with_coach(member.id, coach_id)
        if plan.share and plan.manager == "done" and looks:
            visits.look(visits.task("manager", str(member.leader_id), member.id))
            looks -= 1
        if done % 13 == 0 and not all_done:
            say(f"→ answers about {done} of {len(members)} people")


def _answer_about(
    visits: Visits,
    member: Member,
    plan: _Plan,
    area_ids: Mapping[str, str],
    given: Callable[[PerspectiveId], Callable[[int], Positions]],
) -> None:
    """The two choose alike, mostly, and the same in each wave: so there is change to tell."""
    chance = visits.chance
    steady = random.Random(member.number)  # noqa: S311 (a demo)
    keys = steady.sample(member.area_keys, k=len(member.area_keys))[: _how_many(chance)]
    areas = [area_ids[key] for key in keys]
    both = len(areas) > 1 and chance.random() < 0.5
    own = visits.task("self", member.id, member.id)
    visits.respond(own, given("self"), plan.employee, areas=areas, share=plan.share)
    if member.leader_id is not None:
        manager = visits.task("manager", member.leader_id, member.id)
        visits.respond(manager, given("manager"), plan.manager, areas=areas if both else areas[:1])


def _how_many(chance: random.Random) -> int:
    return 2 if chance.random() < 0.3 else 1
