"""The precision record that a profile is made with: the organisation's newest, or the file's own."""

from __future__ import annotations

import msgspec

from assess.scoring.results import PrecisionRecord
from assess.store.queries import Queries
from questionnaires.definition import PerspectiveId, Precision


def published_record(
    q: Queries, organisation_id: str, content_hash: str, perspective: PerspectiveId
) -> PrecisionRecord | None:
    """The newest local record that the organisation has published and not withdrawn; None without one, then
    the questionnaire file's provisional figures hold.

    It never alters a profile that was made before: each keeps the record that it was made with.
    """
    row = q.precision_in_force(
        organisation_id=organisation_id, content_hash=content_hash, perspective=perspective
    )
    if row is None:
        return None
    return PrecisionRecord(
        id=row["id"],
        source=row["source"],
        values=msgspec.json.decode(row["figures"], type=dict[str, Precision]),
    )
