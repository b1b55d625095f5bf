"""The people of the demo, as they have been entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assess.demo.staff import MAIL_DOMAIN, SPEAKS_ENGLISH, UNITS
from assess.people import register
from assess.store import Store
from questionnaires.definition import LanguageId


@dataclass(frozen=True, slots=True)
class Member:
    """A person who has been entered. `number` is the column in the simulation."""

    id: str
    name: str
    number: int
    leader_id: str | None
    language: LanguageId
    area_keys: tuple[str, ...]


def enter_staff(store: Store, organisation_id: str, now: datetime) -> list[Member]:
    """Units and people; in each unit the first leads the others, and the first unit's the leaders."""
    unit_ids: dict[str, str] = {}
    leader_of_all: str | None = None
    members: list[Member] = []
    for unit in UNITS:
        parent_id = unit_ids[unit.parent] if unit.parent else None
        unit_ids[unit.key] = register.add_unit(
            store, organisation_id, unit.name, parent_id=parent_id, now=now
        )
        leader_id: str | None = None
        for name in unit.people:
            first_name = name.split(maxsplit=1)[0]
            language: LanguageId = "en" if name in SPEAKS_ENGLISH else unit.language
            person_id = register.add_person(
                store,
                organisation_id,
                first_name=first_name,
                name=name,
                language=language,
                email=f"person{len(members) + 1}@{MAIL_DOMAIN}",
                employee_number=f"{1001 + len(members)}",
                now=now,
            )
            role: register.MembershipRole = "member" if leader_id else "leader"
            register.join_unit(store, person_id, unit_ids[unit.key], role=role, now=now)
            members.append(
                Member(person_id, name, len(members), leader_id or leader_of_all, language, unit.areas)
            )
            leader_id = leader_id or person_id
            leader_of_all = leader_of_all or person_id
    return members


def led_by(members: list[Member]) -> dict[str, list[Member]]:
    """Leader's id → the people led, both in the order of entering."""
    found: dict[str, list[Member]] = {}
    for member in members:
        if member.leader_id is not None:
            found.setdefault(member.leader_id, []).append(member)
    return found
