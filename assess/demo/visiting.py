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
from assess.demo.staff import ORGANISATION
from assess.people import administrators, signing_in
from assess.store import Store
from questionnaires.definition import Situations


@dataclass(frozen=True, slots=True)
class DemoLink:
    """`description` says who that is; `token` goes into the link, behind the page `place`."""

    description: str
    token: str
    place: Literal["a", "sign-in"] = "a"


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


def fresh_links(store: Store, now: datetime) -> list[DemoLink]:
    """One new link for each kind of user for whom there is somebody, in the wave that is open, and one to
    sign in for each administrator; none outside a demo."""
    wanted, found = list(_KINDS), []
    with store.read() as q:
        organisations = [row["id"] for row in q.organisations() if row["name"] == ORGANISATION]
        rows = [row for each in organisations for row in q.tasks_of_organisation(organisation_id=each)]
        for row in rows:
            task = load_task(q, row["id"], now)
            if not task.wave.is_open:
                continue
            seen = results_of(q, task, now)
            for kind in wanted:
                if kind.fits(task, seen):
                    found.append((kind, task))
                    wanted.remove(kind)
                    break
            if not wanted:
                break
    found.sort(key=lambda pair: _KINDS.index(pair[0]))
    return [
        DemoLink(
            kind.description.format(respondent=task.respondent.name, subject=task.subject.name),
            links.mint(store, task.key.id, now),
        )
        for kind, task in found
    ] + [
        DemoLink(
            f"Administrator {one.name}: how well the questionnaires measure (works once, for 15 minutes)",
            signing_in.mint(store, one.person_id, now),
            "sign-in",
        )
        for one in administrators.administrators(store)
        if one.organisation == ORGANISATION
    ]
