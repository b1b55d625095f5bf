"""Fresh links into the demo, one for each kind of user that exists so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assess.answering import links
from assess.answering.loading import load_task
from assess.answering.results import results_of
from assess.answering.types import Results, Task
from assess.demo.staff import ADMINISTRATOR, COACH, MANAGER, ORGANISATION, REPRESENTATIVE
from assess.people import organisation, signing_in
from assess.store import Store
from assess.store.queries import Queries
from questionnaires.definition import Situations


@dataclass(frozen=True, slots=True)
class DemoLink:
    """`description` says who that is and what there is to see; `token` goes into the link, behind the page
    `place`: "a" opens one questionnaire, "sign-in" a person's own pages."""

    description: str
    token: str
    place: Literal["a", "sign-in"] = "a"


@dataclass(frozen=True, slots=True)
class _Reader:
    """Somebody who signs in."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class _KindOfUser:
    description: str
    """May name `{respondent}` and `{subject}`."""
    fits: Callable[[Task, Results], bool]


def _is_begun(task: Task) -> bool:
    return any(sheet.answered for sheet in task.sheets)


def _is_own(task: Task, *, style: bool) -> bool:
    """Whether people answer about themselves: about how they lead, or about the maturity in their job."""
    is_style = isinstance(task.definition.questionnaire.scoring, Situations)
    return task.perspective == "self" and is_style == style


_KINDS = (
    _KindOfUser(
        "Employee {respondent}: has not begun, job areas to choose",
        lambda task, _: task.perspective == "self" and task.must_choose_areas,
    ),
    _KindOfUser(
        "Employee {respondent}: half-way through the questions",
        lambda task, found: _is_own(task, style=False) and _is_begun(task) and not found.areas,
    ),
    _KindOfUser(
        "Employee {respondent}: finished, shared, the manager's view beside the own one",
        lambda task, found: (
            task.perspective == "self"
            and found.both
            and task.sharing is not None
            and task.sharing.decision is True
        ),
    ),
    _KindOfUser(
        "Manager {respondent}: to rate {subject}",
        lambda task, _: task.perspective == "manager" and not task.sheets,
    ),
    _KindOfUser(
        "Manager {respondent}: finished, with {subject}'s shared profile beside the rating",
        lambda task, found: task.perspective == "manager" and found.both,
    ),
    _KindOfUser(
        "Leader {respondent}: own leadership style, beside the maturity of the people led",
        lambda task, found: (
            _is_own(task, style=True) and len({match.own_task for match in found.matches} - {None}) > 1
        ),
    ),
    _KindOfUser(
        "Leader {respondent}: to begin the situations",
        lambda task, _: _is_own(task, style=True) and not _is_begun(task),
    ),
    _KindOfUser(
        "Leader {respondent}: half-way through the situations",
        lambda task, found: _is_own(task, style=True) and _is_begun(task) and not found.areas,
    ),
    _KindOfUser(
        "Direct report {respondent}: to answer about {subject} as a leader, confidentially",
        lambda task, _: task.perspective == "direct-report" and task.wave.is_open and not _is_begun(task),
    ),
)

_READERS = (
    _Reader("", "Employee {name}: own profiles of two waves, talks and agreements, who sees what"),
    _Reader(MANAGER, "Manager {name}: the team, three things to do, talks and their briefs, group results"),
    _Reader(COACH, "Coach {name}: the people who share with this coach, their talks, what has changed"),
    _Reader(REPRESENTATIVE, "Employees' representative {name}: notices, questionnaires, group results"),
    _Reader(ADMINISTRATOR, "Administrator {name}: people, campaigns, response, mail, measurement, log"),
)
"""Without a name: somebody who shares with the coach."""


def fresh_links(store: Store, now: datetime) -> list[DemoLink]:
    """One new link for each kind of user for whom there is somebody in the wave that is open, and one to
    sign in for each role; none outside a demo."""
    with store.read() as q:
        organisations = [row["id"] for row in q.organisations() if row["name"] == ORGANISATION]
        found = [pair for each in organisations for pair in _fitting(q, each, now)]
        people = [one for each in organisations for one in organisation.members(q, each, now)]
    opened = [
        DemoLink(
            kind.description.format(respondent=task.respondent.name, subject=task.subject.name),
            links.mint(store, task.key.id, now),
        )
        for kind, task in found
    ]
    ids = {person.name: person.person_id for person in people}
    with store.read() as q:
        shared = q.shared_with(with_id=ids.get(COACH, ""))  # the newest wave first
    newest = [row["subject_name"] for row in shared if row["wave_id"] == shared[0]["wave_id"]]
    names = {who: who.name or min(newest, default="") for who in _READERS}
    return opened + [
        DemoLink(who.description.format(name=name), signing_in.mint(store, ids[name], now), "sign-in")
        for who, name in names.items()
        if name in ids
    ]


def _fitting(q: Queries, organisation_id: str, now: datetime) -> list[tuple[_KindOfUser, Task]]:
    """The first task for each kind, in the order of the kinds."""
    wanted, found = list(_KINDS), []
    for row in q.tasks_of_organisation(organisation_id=organisation_id):
        task = load_task(q, row["id"], now)
        if not task.wave.is_open:
            continue
        seen = results_of(q, task, now)
        kind = next((kind for kind in wanted if kind.fits(task, seen)), None)
        if kind is not None:
            found.append((kind, task))
            wanted.remove(kind)
        if not wanted:
            break
    return sorted(found, key=lambda pair: _KINDS.index(pair[0]))
