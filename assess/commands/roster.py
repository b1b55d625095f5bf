"""`assess roster` and `assess organisation`: an organisation and its people, by whoever runs the service."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from assess.campaigns.filling import order_upkeep
from assess.commands.administrators import organisation_of
from assess.errors import AssessError
from assess.files.roster_cells import MAX_BYTES
from assess.language.wording import CUSTOMER_WORDS
from assess.people import register, roster_import
from assess.people.administrators import OPERATOR
from assess.people.roster_import import Choices
from assess.people.roster_types import RosterPlan
from assess.settings import Settings
from assess.store import open_store
from questionnaires.definition import LanguageId

Say = Callable[[str], None]


def import_roster(
    settings: Settings,
    file: Path,
    *,
    organisation: str | None,
    apply: bool,
    choices: Choices,
    now: datetime,
    say: Say,
    out: Say,
) -> None:
    """Prints what the roster would change, one line each; changes it only with `apply`. Raises `BadRoster`
    with everything that is wrong."""
    content = _content(file)
    with open_store(settings) as store:
        organisation_id = organisation_of(store, organisation)
        prepared = roster_import.prepare(store, organisation_id, file.name, content, choices)
        for line in lines_of(prepared.plan):
            out(line)
        if prepared.plan.is_empty:
            say(f"{prepared.plan.rows} rows: everything is as it should be.")
        elif not apply:
            say(f"{prepared.plan.rows} rows. Nothing has changed yet; do it with: --apply")
        else:
            roster_import.carry_out(store, organisation_id, prepared, OPERATOR, now)
            order_upkeep(store, organisation_id, now)
            say(f"{prepared.plan.rows} rows: applied.")


def _content(file: Path) -> bytes:
    """The file; `-` is standard input, for who runs the command as a user that may not read it."""
    try:
        if file == Path("-"):
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise AssessError(f"{file} cannot be read: {error.strerror or error}.") from error


def lines_of(plan: RosterPlan) -> Iterable[str]:
    """The difference, a line for each thing that happens."""
    yield from (f"new unit: {_path(path)}" for path in plan.units_added)
    yield from (f"opens again: {_path(one.path)}" for one in plan.units_back)
    yield from (f"closes: {_path(one.path)}" for one in plan.units_ended)
    yield from (f"new job area: {name}" for name in plan.areas_added)
    yield from (f"added: {one.name}, {_path(one.unit)} (row {one.row})" for one in plan.added)
    yield from (f"comes back: {one.name}, {_path(one.unit)} (row {one.row})" for one in plan.rejoined)
    yield from (
        f"moved: {one.name}, {_path(one.old_unit) or 'no unit'} -> {_path(one.unit)} (row {one.row})"
        for one in plan.moved
    )
    for person in plan.changed:
        for change in person.fields:
            what = f"{change.field}: {change.before} -> {change.after}"
            yield f"changed: {person.name}, {what} (row {person.row})"
    yield from (f"leaves: {one.name}, {_path(one.unit)}" for one in plan.ended)
    yield from (f"stays, as administrator: {one.name}" for one in plan.kept)
    yield from (
        f"leads: {one.after_name or 'nobody'} {_path(one.path)}, before: {one.before_name or 'nobody'}"
        for one in plan.leaders
    )
    yield from (
        f"another person has the address of {one.name}, with another employee number"
        for one in plan.strangers
    )


def add_organisation(settings: Settings, name: str, *, customer: str | None, now: datetime, say: Say) -> None:
    """An organisation without people; refuses the name of one that there is."""
    with open_store(settings) as store:
        with store.read() as q:
            names = {row["name"] for row in q.organisations()}
        if name in names:
            raise AssessError(f"There is an organisation {name} already.")
        try:
            register.add_organisation(store, name, customer=customer or settings.customer, now=now)
        except KeyError as error:
            raise AssessError(
                f"--customer is unknown: {customer!r}.", f"Choose one of {', '.join(sorted(CUSTOMER_WORDS))}."
            ) from error
        except ValueError as error:
            raise AssessError(f"{name!r} cannot be the name of an organisation: {error}.") from error
    say(
        f"{name} is there. Its first administrator: "
        f'assess administrator add NAME --email ADDRESS --organisation "{name}"'
    )


def show_organisations(settings: Settings, out: Say) -> None:
    """One line for each organisation, with how many belong to it."""
    with open_store(settings) as store, store.read() as q:
        rows = q.organisations()
        counts = {row["id"]: len(q.roster_people(organisation_id=row["id"])) for row in rows}
    for row in rows:
        out(f"{row['name']}  {counts[row['id']]} people")
    if not rows:
        out("There is no organisation. Make one with: assess organisation add NAME")


def choices_of(only_add: bool, language: LanguageId) -> Choices:
    """What the options of the command mean."""
    return Choices(ends=not only_add, language=language)


def _path(names: Iterable[str]) -> str:
    return " / ".join(names)
