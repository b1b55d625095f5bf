"""The sheets of several closed waves together, each of which may be looked at alone as well.

Every wave must stand on its own feet: what one adds to another is then never about a few.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from assess.errors import NotFound
from assess.evidence.errors import NotEnough
from assess.evidence.pools import wave_for, why_not
from assess.evidence.sheets import Sheets, load_sheets
from assess.rights import Action, Actor
from assess.scoring.form import Form
from assess.scoring.tally import Answers
from assess.store.queries import Queries
from questionnaires.definition import Definition, PerspectiveId


@dataclass(frozen=True)
class Union:
    """Sheets of the full form, wave by wave."""

    organisation_id: str
    wave_ids: tuple[str, ...]
    sheets: tuple[Sheets, ...]

    @property
    def definition(self) -> Definition:
        return self.sheets[0].definition

    @property
    def form(self) -> Form:
        return self.sheets[0].form

    @property
    def ratings(self) -> Answers:
        """The rows of `form.items`, the waves side by side."""
        return np.ascontiguousarray(np.concatenate([sheets.ratings for sheets in self.sheets], axis=1))


def load_union(
    q: Queries,
    actor: Actor,
    action: Action,
    wave_ids: Sequence[str],
    content_hash: str,
    perspective: PerspectiveId,
    now: datetime,
) -> Union:
    """The waves in the order of their ids, each once. Raises `NotEnough` for none and for one that may not be
    used, `NotFound` for one that the actor does not administer or that belongs to another organisation than
    the first."""
    wanted = tuple(sorted(set(wave_ids)))
    if not wanted:
        raise NotEnough("no-waves")
    organisations, found = set(), []
    for wave_id in wanted:
        organisation_id, wave = wave_for(q, actor, wave_id, content_hash, now)
        organisations.add(organisation_id)
        sheets = load_sheets(q, wave_id, content_hash, perspective, None)
        reason = why_not(actor, action, sheets.pool(organisation_id, wave_closed=wave.is_over))
        if reason is not None:
            raise NotEnough(reason, wave_id=wave_id)
        if q.erased_sheets(wave_id=wave_id, content_hash=content_hash, perspective=perspective):
            # Made before and made now, the figures would differ by what that person had answered.
            raise NotEnough("answers-erased", wave_id=wave_id)
        found.append(sheets)
    if len(organisations) > 1:
        raise NotFound("There is no such wave.")
    return Union(organisations.pop(), wanted, tuple(found))
