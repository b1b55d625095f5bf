"""Importing a roster: read, compared, shown; and only then applied, all of it in one transaction.

What waits for its "apply" is kept for a day. When the organisation has changed since it was shown, nothing
is applied: the new difference is shown first.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from assess.audit.log import record
from assess.errors import AssessError, NotFound
from assess.files.roster import Roster, parse_roster
from assess.files.roster_faults import BadRoster
from assess.people.managed import require
from assess.people.roster_applying import write_plan
from assess.people.roster_current import current_organisation, made_of
from assess.people.roster_plan import plan
from assess.people.roster_types import Current, RosterPlan
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from questionnaires.definition import LanguageId

KEPT = timedelta(days=1)
"""How long a roster waits for its "apply"."""


class OrganisationChanged(AssessError):
    """Somebody changed the organisation after the difference was shown: nothing was applied."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen for an import. `ends`: whoever is in no row leaves; `language`: of new people and new
    job areas."""

    ends: bool = True
    language: LanguageId = "da"


@dataclass(frozen=True, slots=True)
class Applied:
    """How many of each were added, moved and so on."""

    added: int
    rejoined: int
    moved: int
    changed: int
    ended: int
    units_added: int
    units_ended: int
    leaders: int


@dataclass(frozen=True)
class Prepared:
    """A roster and its difference. `made_of`: the mark of the organisation that it was compared with."""

    roster: Roster
    current: Current
    plan: RosterPlan
    choices: Choices
    made_of: str


@dataclass(frozen=True)
class Staged:
    """An import that waits, or that was applied: then there is no plan any more."""

    id: str
    organisation_id: str
    file_name: str
    choices: Choices
    prepared: Prepared | None = None
    applied: Applied | None = None


def prepare(store: Store, organisation_id: str, file_name: str, content: bytes, choices: Choices) -> Prepared:
    """Reads a roster and compares it. Changes nothing. Raises `BadRoster` with everything that is wrong."""
    roster, faults = parse_roster(content)
    if not roster.rows:
        raise BadRoster(faults, file_name)
    with store.read() as q:
        current, mark = current_organisation(q, organisation_id)
    found = plan(current, roster, ends=choices.ends, language=choices.language)
    if faults or found.faults:
        raise BadRoster([*faults, *found.faults], file_name)
    return Prepared(roster, current, found, choices, mark)


def carry_out(
    store: Store, organisation_id: str, prepared: Prepared, actor_id: str, now: datetime, object_id: str = ""
) -> Applied:
    """Applies what was prepared, in one transaction. Logged. Raises `OrganisationChanged`."""
    with store.write() as q:
        return _carry_out(store, q, organisation_id, prepared, actor_id, now, object_id or organisation_id)


def stage(
    store: Store,
    actor: Actor,
    organisation_id: str,
    file_name: str,
    content: bytes,
    now: datetime,
    choices: Choices | None = None,
) -> Staged:
    """Keeps a roster until it is applied, with the difference that it would make. Raises `NotFound` for
    somebody else's organisation, `BadRoster`."""
    require(actor, "manage-people", organisation_id)
    chosen = choices or Choices()
    prepared = prepare(store, organisation_id, file_name, content, chosen)
    import_id = store.new_id(now)
    with store.write() as q:
        q.add_roster_import(
            id=import_id,
            organisation_id=organisation_id,
            made_by=actor.id,
            made_at=time_text(now),
            file_name=file_name[:200],
            content=content,
            options=json.dumps({"choices": asdict(chosen)}),
            made_of=prepared.made_of,
        )
    return Staged(import_id, organisation_id, file_name, chosen, prepared)


def staged(store: Store, actor: Actor, import_id: str, now: datetime) -> Staged:
    """An import that waits, compared with the organisation as it is now, or what was done. What it shows is
    what the next `apply` does. Raises `NotFound`, also after a day; `BadRoster` when the organisation has
    become one that the roster does not fit."""
    with store.read() as q:
        row, choices, applied = _import(q, actor, import_id, now)
    found = Staged(row["id"], row["organisation_id"], row["file_name"], choices, applied=applied)
    if applied is not None:
        return found
    prepared = prepare(store, found.organisation_id, found.file_name, bytes(row["content"]), choices)
    if prepared.made_of != row["made_of"]:
        with store.write() as q:
            q.roster_import_made_of(id=import_id, made_of=prepared.made_of)
    return Staged(found.id, found.organisation_id, found.file_name, choices, prepared)


def apply(store: Store, actor: Actor, import_id: str, now: datetime) -> Applied:
    """Applies an import; a second time changes nothing and tells the same. Raises `NotFound`, `BadRoster`,
    and `OrganisationChanged` when somebody changed the organisation since the difference was shown."""
    with store.read() as q:
        row, choices, applied = _import(q, actor, import_id, now)
    if applied is not None:
        return applied
    organisation_id = row["organisation_id"]
    prepared = prepare(store, organisation_id, row["file_name"], bytes(row["content"]), choices)
    if prepared.made_of != row["made_of"]:
        raise _changed()
    with store.write() as q:
        q.lock_organisation(id=organisation_id)
        _, _, applied = _import(q, actor, import_id, now)
        if applied is not None:
            return applied
        applied = _carry_out(store, q, organisation_id, prepared, actor.id, now, import_id)
        options = json.dumps({"choices": asdict(choices), "applied": asdict(applied)})
        q.roster_import_applied(id=import_id, options=options, nothing=b"", now=time_text(now))
    return applied


def _import(
    q: Queries, actor: Actor, import_id: str, now: datetime
) -> tuple[dict[str, Any], Choices, Applied | None]:
    row = q.roster_import(id=import_id)
    if row is None or (row["applied_at"] is None and row["made_at"] < time_text(now - KEPT)):
        raise NotFound("There is no such import.")
    require(actor, "manage-people", row["organisation_id"])
    options = json.loads(row["options"])
    applied = Applied(**options["applied"]) if row["applied_at"] is not None else None
    return row, Choices(**options["choices"]), applied


def _carry_out(
    store: Store,
    q: Queries,
    organisation_id: str,
    prepared: Prepared,
    actor_id: str,
    now: datetime,
    object_id: str,
) -> Applied:
    q.lock_organisation(id=organisation_id)
    if made_of(q, organisation_id) != prepared.made_of:
        raise _changed()
    found = prepared.plan
    write_plan(store, q, organisation_id, prepared.current, found, prepared.choices.language, now)
    record(
        store,
        q,
        actor_id=actor_id,
        action="import-roster",
        object_id=object_id,
        about_id=organisation_id,
        now=now,
    )
    return Applied(
        added=len(found.added),
        rejoined=len(found.rejoined),
        moved=len(found.moved),
        changed=len(found.changed),
        ended=len(found.ended),
        units_added=len(found.units_added) + len(found.units_back),
        units_ended=len(found.units_ended),
        leaders=len(found.leaders),
    )


def _changed() -> OrganisationChanged:
    return OrganisationChanged(
        "The organisation has changed since the difference was shown.", "Look at the new difference."
    )
