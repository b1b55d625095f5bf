"""What a campaign can be built of: the organisation's units as they are now, its time zone, and
questionnaires that were stored before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from assess.campaigns.definitions import definition_of
from assess.errors import NotFound
from assess.people.organisation import unit_tree, zone_of
from assess.people.tree import UnitTree
from assess.rights import Actor, Administration, may
from assess.settings import Settings
from assess.store import Store
from questionnaires.definition import Definition


@dataclass(frozen=True)
class Choices:
    tree: UnitTree
    zone: ZoneInfo
    stored: Mapping[str, Definition] = field(default_factory=dict)
    """Questionnaires that a wave has kept, by content hash: the library may have newer ones."""


def choices(
    store: Store,
    actor: Actor,
    organisation_id: str,
    settings: Settings,
    now: datetime,
    content_hashes: Sequence[str] = (),
) -> Choices:
    """What `actor` can choose from for a campaign of an organisation. Raises `NotFound` for somebody else's,
    and for a hash that nothing is stored under."""
    if not may(actor, "run-campaigns", Administration(organisation_id)):
        raise NotFound("There is no such organisation.")
    with store.read() as q:
        return Choices(
            unit_tree(q, organisation_id, now),
            zone_of(q, organisation_id, settings),
            {content_hash: definition_of(q, content_hash) for content_hash in content_hashes},
        )
