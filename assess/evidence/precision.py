"""Publishing the precision measured here: from closed waves, from a hundred sheets on, dated, by name.

A published record is used for profiles made from then on; those made before keep theirs. It may make
intervals wider than the questionnaire's provisional figures do, never narrower: that is decided for each
scale (`scoring/precision.py`). A withdrawn one is used no more; it stays in the list.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

import msgspec

from assess.audit.log import Recorded, record
from assess.errors import NotFound
from assess.evidence.errors import NotEnough
from assess.evidence.pools import different, require_administrator
from assess.evidence.results import Publication, ScalePrecision, Stands
from assess.evidence.union import Union, load_union
from assess.evidence.withholding import SPREAD_STEP, in_steps
from assess.measurement.decision import local_precision
from assess.measurement.reliability import reliability
from assess.measurement.results import Reliability
from assess.rights import Actor, Administration, may
from assess.scoring.precision import full_standard_error, provisional_record, record_in_force
from assess.scoring.results import PrecisionRecord
from assess.store import Store
from assess.store.ids import parse_time, parse_time_or_none, time_text
from assess.store.queries import Queries
from questionnaires.definition import PerspectiveId, Precision

LEAST_FOR_PRECISION = 100
"""Sheets under which an alpha is too uncertain to be used for single people."""
RELIABILITY_STEP = 0.01


@dataclass(frozen=True, slots=True)
class PublishedPrecision:
    """A publication as the administrators' page lists it. `record_id` is what profiles and reports name:
    "2026-11-21, n = 143". `in_force`: new profiles are made with it."""

    id: str
    record_id: str
    content_hash: str
    perspective: PerspectiveId
    details: Publication
    published_at: datetime
    published_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    in_force: bool


def preview(
    store: Store,
    actor: Actor,
    wave_ids: Sequence[str],
    content_hash: str,
    perspective: PerspectiveId,
    now: datetime,
) -> Publication:
    """What publishing these waves together would say, scale by scale. Stores and logs nothing.

    Raises `NotEnough`, and `NotFound` for a wave that the actor does not administer.
    """
    with store.read() as q:
        union = load_union(q, actor, "publish-precision", wave_ids, content_hash, perspective, now)
    return _prepare(union)[0]


def publish(
    store: Store,
    actor: Actor,
    wave_ids: Sequence[str],
    content_hash: str,
    perspective: PerspectiveId,
    now: datetime,
    *,
    zone: tzinfo = UTC,
) -> PublishedPrecision:
    """Publishes; from the next submit on it is used. `zone`: that of the date in the record's id.

    Raises as `preview`.
    """
    with store.read() as q:
        union = load_union(q, actor, "publish-precision", wave_ids, content_hash, perspective, now)
    details, local = _prepare(union)
    in_force = record_in_force(union.definition.questionnaire, perspective, local)
    publication_id = store.new_id(now)
    with store.write() as q:
        q.lock_organisation(id=union.organisation_id)
        record_id = _add_record(
            q, content_hash, perspective, in_force, details.sheets, now.astimezone(zone), now
        )
        q.add_precision_publication(
            id=publication_id,
            organisation_id=union.organisation_id,
            content_hash=content_hash,
            perspective=perspective,
            record_id=record_id,
            publication=msgspec.json.encode(details).decode(),
            now=time_text(now),
            person_id=actor.id,
        )
        _log(store, q, actor, "publish-precision", publication_id, union.organisation_id, now)
    [made] = [one for one in published(store, actor, union.organisation_id) if one.id == publication_id]
    return made


def withdraw(store: Store, actor: Actor, publication_id: str, now: datetime) -> None:
    """Takes a publication out of use; the one before it, or the provisional figures, are used again.

    Profiles made with it keep it. Withdrawing again changes nothing. Raises `NotFound`.
    """
    with store.write() as q:
        row = q.precision_publication(id=publication_id)
        if row is None or not may(actor, "administer", Administration(row["organisation_id"])):
            raise NotFound("There is no such publication.")
        if q.withdraw_precision(id=publication_id, now=time_text(now), person_id=actor.id):
            _log(store, q, actor, "withdraw-precision", publication_id, row["organisation_id"], now)


def published(store: Store, actor: Actor, organisation_id: str) -> tuple[PublishedPrecision, ...]:
    """All publications of an organisation, the newest first. Raises `NotFound`."""
    require_administrator(actor, organisation_id)
    with store.read() as q:
        rows = q.precision_publications(organisation_id=organisation_id)
    found = []
    in_force: set[tuple[str, str]] = set()
    for row in rows:
        key = (row["content_hash"], row["perspective"])
        is_newest = row["withdrawn_at"] is None and key not in in_force
        if is_newest:
            in_force.add(key)
        found.append(
            PublishedPrecision(
                id=row["id"],
                record_id=row["record_id"],
                content_hash=row["content_hash"],
                perspective=row["perspective"],
                details=msgspec.json.decode(row["publication"], type=Publication),
                published_at=parse_time(row["published_at"]),
                published_by=row["published_by"],
                withdrawn_at=parse_time_or_none(row["withdrawn_at"]),
                withdrawn_by=row["withdrawn_by"],
                in_force=is_newest,
            )
        )
    return tuple(found)


def _prepare(union: Union) -> tuple[Publication, PrecisionRecord]:
    keys = [key for sheets in union.sheets for key in sheets.keys]
    if len(keys) < LEAST_FOR_PRECISION:
        raise NotEnough("sheets-under-100", found=len(keys), needed=LEAST_FOR_PRECISION)
    if not union.form.scales:
        raise NotEnough("no-scales")
    document = reliability(union.definition.questionnaire, union.form, union.ratings, resamples=0)
    values = {scale: _told(figures) for scale, figures in local_figures(document).items()}
    if not values:
        raise NotEnough("no-figures")
    provisional = provisional_record(union.definition.questionnaire, union.form.perspective).values
    return (
        Publication(
            sheets=len(keys),
            people=different(key.respondent_id for key in keys),
            wave_ids=union.wave_ids,
            scales=tuple(
                _scale(scale.id, values.get(scale.id), provisional.get(scale.id), scale.reasons.get("alpha"))
                for scale in document.scales
            ),
        ),
        PrecisionRecord(id="local", source="local", values=values),
    )


def local_figures(document: Reliability) -> dict[str, Precision]:
    """Reliability and SD of each scale that has both. A negative alpha counts as 0: the score of such a scale
    says nothing here, and its error is as large as its spread."""
    nothing = {
        scale.id: Precision(reliability=0.0, sd=scale.sd)
        for scale in document.scales
        if scale.alpha is not None and scale.alpha < 0 and scale.sd is not None
    }
    return local_precision(document) | nothing


def _told(found: Precision) -> Precision:
    """To the safe side: reliability down to hundredths, SD up to `SPREAD_STEP`. Of two publications with
    nearly the same people the exact figures would tell how far off the middle stands who came in between."""
    return Precision(
        reliability=in_steps(found.reliability, RELIABILITY_STEP, math.floor),
        sd=in_steps(found.sd, SPREAD_STEP, math.ceil),
    )


def _scale(
    scale_id: str, local: Precision | None, provisional: Precision | None, reason: str | None
) -> ScalePrecision:
    sem = None if local is None else full_standard_error(local)
    provisional_sem = None if provisional is None else full_standard_error(provisional)
    stands: Stands = "provisional"
    if sem is not None and (provisional_sem is None or sem >= provisional_sem):
        stands = "local"
    elif provisional_sem is None:
        stands = "none"
    return ScalePrecision(
        id=scale_id,
        alpha=None if local is None else local.reliability,
        sd=None if local is None else local.sd,
        sem=sem,
        provisional_sem=provisional_sem,
        stands=stands,
        reason=None if local is not None else reason,
    )


def _add_record(
    q: Queries,
    content_hash: str,
    perspective: PerspectiveId,
    in_force: PrecisionRecord,
    sheets: int,
    day: datetime,
    now: datetime,
) -> str:
    """Stores the figures under a free id that people can read: date and number of sheets, in any language."""
    name, number = f"{day:%Y-%m-%d}, n = {sheets}", 1
    record_id = name
    # The row of another organisation with the same day and number is not touched.
    while not q.add_precision_record(
        content_hash=content_hash,
        perspective=perspective,
        id=record_id,
        source="local",
        figures=msgspec.json.encode(in_force.values).decode(),
        made_at=time_text(now),
    ):
        number += 1
        record_id = f"{name} ({number})"
    return record_id


def _log(
    store: Store,
    q: Queries,
    actor: Actor,
    action: Recorded,
    publication_id: str,
    organisation_id: str,
    now: datetime,
) -> None:
    record(
        store,
        q,
        actor_id=actor.id,
        action=action,
        object_id=publication_id,
        about_id=organisation_id,
        now=now,
    )
