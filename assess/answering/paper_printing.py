"""What is printed for a unit in a wave: cards with links, questionnaires with codes.

Confidential questionnaires have no cards: a fresh one that does not open would tell who has begun.
Everybody who is asked is printed, whether they have answered or not: a missing card would tell that. Who is
asked goes by the plan and the organisation of this moment, not by what is left to answer. Each card and each
questionnaire is noted about the person whose it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Literal

from assess.answering import cards
from assess.answering.loading import load_task
from assess.answering.paper_codes import code_hash, new_code
from assess.answering.tasks import minutes, questions_of_area
from assess.answering.types import Task
from assess.audit.log import record
from assess.campaigns.definitions import definition_of
from assess.campaigns.filling import wanted_now
from assess.campaigns.overview import terms_of
from assess.campaigns.states import planned_wave
from assess.errors import AssessError, NotFound
from assess.people.organisation import unit_tree
from assess.rights import Actor, Administration, Terms, may
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries

MOST_CARDS = 200
"""People whose cards are printed at once: a few seconds."""
MOST_FORMS = 25
"""Questionnaires that are printed at once: each has about six pages."""

Row = dict[str, Any]


class TooMany(AssessError):
    """More than can be printed at once: a smaller unit can."""

    def __init__(self, found: int, most: int) -> None:
        super().__init__(f"{found} cannot be printed at once, at most {most}.", "Choose a smaller unit.")
        self.found, self.most = found, most


@dataclass(frozen=True, slots=True)
class LinkToPrint:
    """A task's link. `token` goes onto the card and is kept nowhere else."""

    task: Task
    token: str
    minutes: int


@dataclass(frozen=True, slots=True)
class CardToPrint:
    """One person's links."""

    name: str
    unit: str
    links: tuple[LinkToPrint, ...]


@dataclass(frozen=True, slots=True)
class FormToPrint:
    """A task with the code by which it is typed in."""

    task: Task
    code: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class PrintableUnit:
    """A unit with how many people are asked there or beneath it, and about how many things."""

    id: str
    path: tuple[str, ...]
    people: int
    tasks: int


def printable_units(store: Store, actor: Actor, wave_id: str, now: datetime) -> tuple[PrintableUnit, ...]:
    """The units in which a wave asks anybody, from the root down. Raises `NotFound`."""
    with store.read() as q:
        wave = _own_wave(q, actor, wave_id)
        tree = unit_tree(q, wave["organisation_id"], now)
        rows = _asked_now(q, wave_id, now)
    people: dict[str, set[str]] = {}
    tasks: dict[str, int] = {}
    for row in rows:
        if row["unit_id"] in tree:
            for unit_id in tree.above(row["unit_id"]):
                people.setdefault(unit_id, set()).add(row["respondent_id"])
                tasks[unit_id] = tasks.get(unit_id, 0) + 1
    order = (unit_id for root in tree.roots for unit_id in tree.below(root))
    return tuple(
        PrintableUnit(unit_id, tree.path(unit_id), len(people[unit_id]), tasks[unit_id])
        for unit_id in order
        if unit_id in people
    )


def cards_to_print(
    store: Store, actor: Actor, wave_id: str, unit_id: str, now: datetime
) -> tuple[CardToPrint, ...]:
    """A card for each person in a unit and beneath it, with fresh links to everything that the wave asks of
    the person but confidential questionnaires, and ratings of others as their manager, which are answered on
    a screen. Cards of before that nobody has opened end. Logged.

    Raises `NotFound`, and `TooMany` beyond `MOST_CARDS` people.
    """
    with store.write() as q:
        rows, names = _rows_of_unit(q, actor, wave_id, unit_id, now)
        rows = _on_cards(q, rows)
        people = [list(group) for _, group in groupby(rows, key=lambda row: row["respondent_id"])]
        if len(people) > MOST_CARDS:
            raise TooMany(len(people), MOST_CARDS)
        printed = tuple(
            CardToPrint(
                name=tasks[0]["respondent_name"],
                unit=names.get(tasks[0]["unit_id"], ""),
                links=tuple(_link(q, row["id"], actor, now) for row in tasks),
            )
            for tasks in people
        )
        _log(store, q, actor, "print-cards", wave_id, [row for tasks in people for row in tasks], now)
    return printed


def forms_to_print(
    store: Store, actor: Actor, wave_id: str, unit_id: str, now: datetime, person_id: str | None = None
) -> tuple[FormToPrint, ...]:
    """The questionnaires of a unit and beneath it, or of one person there, each with a fresh code. Logged.

    Raises `NotFound`, and `TooMany` beyond `MOST_FORMS`.
    """
    with store.write() as q:
        rows, _ = _rows_of_unit(q, actor, wave_id, unit_id, now)
        if person_id is not None:
            rows = [row for row in rows if row["respondent_id"] == person_id]
        if not rows:
            raise NotFound("Nothing is asked there.")
        if len(rows) > MOST_FORMS:
            raise TooMany(len(rows), MOST_FORMS)
        forms, terms = [], terms_of(q, wave_id)
        for row in rows:
            code = new_code()
            q.add_paper_code(
                code_hash=code_hash(code), task_id=row["id"], created_at=time_text(now), created_by=actor.id
            )
            forms.append(FormToPrint(load_task(q, row["id"], now), code, terms))
        _log(store, q, actor, "print-forms", wave_id, rows, now)
    return tuple(forms)


def _rows_of_unit(
    q: Queries, actor: Actor, wave_id: str, unit_id: str, now: datetime
) -> tuple[list[Row], dict[str, str]]:
    wave = _own_wave(q, actor, wave_id)
    tree = unit_tree(q, wave["organisation_id"], now)
    if unit_id not in tree:
        raise NotFound("There is no such unit.")
    units = frozenset(tree.below(unit_id))
    rows = _asked_now(q, wave_id, now)
    return [row for row in rows if row["unit_id"] in units], {unit: tree[unit].name for unit in units}


def _asked_now(q: Queries, wave_id: str, now: datetime) -> Sequence[Row]:
    """The tasks of a wave that somebody should have now; of a wave without a plan all."""
    rows: Sequence[Row] = q.paper_tasks(wave_id=wave_id)
    if q.planned_wave(id=wave_id) is None:
        return rows
    wanted = {task.key for task in wanted_now(q, planned_wave(q, wave_id), now).tasks}
    return [
        row
        for row in rows
        if (row["content_hash"], row["perspective"], row["respondent_id"], row["subject_id"]) in wanted
    ]


def _own_wave(q: Queries, actor: Actor, wave_id: str) -> Row:
    wave: Row | None = q.wave(id=wave_id)
    if wave is None or not may(actor, "enter-paper", Administration(wave["organisation_id"])):
        raise NotFound("There is no such wave.")
    return wave


def _on_cards(q: Queries, rows: Sequence[Row]) -> list[Row]:
    asked = {
        content_hash: definition_of(q, content_hash) for content_hash in {r["content_hash"] for r in rows}
    }
    return [
        row
        for row in rows
        if row["perspective"] != "manager"
        and asked[row["content_hash"]].questionnaire.privacy_of(row["perspective"]) != "confidential"
    ]


def _link(q: Queries, task_id: str, actor: Actor, now: datetime) -> LinkToPrint:
    token = cards.print_card(q, task_id, actor.id, now)
    task = load_task(q, task_id, now)
    return LinkToPrint(task, token, minutes(task, questions_of_area(task, 1)))


def _log(
    store: Store,
    q: Queries,
    actor: Actor,
    action: Literal["print-cards", "print-forms"],
    wave_id: str,
    rows: Sequence[Row],
    now: datetime,
) -> None:
    """One line about the organisation, and one about each person for whom something was printed."""
    about = {wave_id: q.wave(id=wave_id)["organisation_id"]}
    about |= {row["id"]: row["respondent_id"] for row in rows}
    for object_id, about_id in about.items():
        record(store, q, actor_id=actor.id, action=action, object_id=object_id, about_id=about_id, now=now)
