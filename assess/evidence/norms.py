"""Local norms: built from closed waves, versioned, dated, refused under two hundred people.

For groups and the technical manual. Nothing here, nor anywhere, gives a named person's percentile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
import numpy as np
from msgspec.structs import replace

from assess.audit.log import record
from assess.disclosure.thresholds import DISTRIBUTION_GROUP
from assess.evidence import results
from assess.evidence.errors import NotEnough
from assess.evidence.pools import different, require_administrator
from assess.evidence.sheets import SheetKey, Sheets
from assess.evidence.told_norms import told_table
from assess.evidence.union import Union, load_union
from assess.measurement.norms import LEAST_PEOPLE, make_norms, norm_record
from assess.rights import Actor
from assess.scoring.form import Form, ScaleKey
from assess.scoring.precision import Floats
from assess.scoring.rating_scales import score
from assess.store import Store
from assess.store.ids import parse_time, time_text
from questionnaires.definition import PerspectiveId

SEED = 2026


@dataclass(frozen=True, slots=True)
class BuiltNorms:
    """One version of the norms of one perspective on a questionnaire."""

    id: str
    version: int
    content_hash: str
    perspective: PerspectiveId
    norms: results.Norms
    built_at: datetime
    built_by: str


def build(
    store: Store,
    actor: Actor,
    wave_ids: Sequence[str],
    content_hash: str,
    perspective: PerspectiveId,
    now: datetime,
    *,
    smooth: bool = False,
) -> BuiltNorms:
    """Builds the next version. Each respondent counts once for each subject in each wave, with the sheet
    about the first job area; in a wave where only a few people have more than one sheet, with every sheet.
    Who took part in several of the waves counts in each: norms of two waves are then nothing but the two put
    together, and no difference between norms tells of single people. Each wave needs ten people on both
    sides, as every distribution does. The tables are coarse (`told_norms.py`).

    Raises `NotEnough`, and `NotFound` for a wave that the actor does not administer.
    """
    with store.read() as q:
        union = load_union(q, actor, "build-norms", wave_ids, content_hash, perspective, now)
    norms = _made(union, content_hash, now, smooth)
    norms_id = store.new_id(now)
    where = {
        "organisation_id": union.organisation_id,
        "content_hash": content_hash,
        "perspective": perspective,
    }
    with store.write() as q:
        q.lock_organisation(id=union.organisation_id)
        q.add_norms(
            id=norms_id,
            **where,
            version=q.last_norms_version(**where) + 1,
            norms=msgspec.json.encode(norms).decode(),
            now=time_text(now),
            person_id=actor.id,
        )
        record(
            store,
            q,
            actor_id=actor.id,
            action="build-norms",
            object_id=norms_id,
            about_id=union.organisation_id,
            now=now,
        )
    [made] = [one for one in built(store, actor, union.organisation_id) if one.id == norms_id]
    return made


def built(store: Store, actor: Actor, organisation_id: str) -> tuple[BuiltNorms, ...]:
    """All versions of an organisation, the newest first. Raises `NotFound`."""
    require_administrator(actor, organisation_id)
    with store.read() as q:
        rows = q.norms_of_organisation(organisation_id=organisation_id)
    return tuple(
        BuiltNorms(
            id=row["id"],
            version=row["version"],
            content_hash=row["content_hash"],
            perspective=row["perspective"],
            norms=_told(msgspec.json.decode(row["norms"], type=results.Norms)),
            built_at=parse_time(row["built_at"]),
            built_by=row["built_by"],
        )
        for row in rows
    )


def _made(union: Union, content_hash: str, now: datetime, smooth: bool) -> results.Norms:
    if not union.form.scales:
        raise NotEnough("no-scales")
    chosen = [_one_each(sheets) for sheets in union.sheets]
    people = different(
        f"{key.respondent_id} {key.subject_id}"
        for sheets, columns in zip(union.sheets, chosen, strict=True)
        for key in (sheets.keys[column] for column in columns)
    )
    if people < LEAST_PEOPLE:
        raise NotEnough("people-under-200", found=people, needed=LEAST_PEOPLE)
    if not all(map(_may_show_distributions, union.sheets)):
        raise NotEnough("no-norms")  # norms with such a wave and without it would tell its scores
    answers = np.concatenate(
        [sheets.ratings[:, columns] for sheets, columns in zip(union.sheets, chosen, strict=True)], axis=1
    )
    scores = score(union.form, np.ascontiguousarray(answers), {}).score
    records = []
    for row, scale in enumerate(union.form.scales):
        table = make_norms(scores[row], possible_scores(union.form, scale), seed=SEED, smooth=smooth)
        if table.reason is None:
            records.append(
                norm_record(
                    told_table(table),
                    questionnaire_id=union.form.questionnaire_id,
                    questionnaire_hash=content_hash,
                    perspective=union.form.perspective,
                    short_form=None,
                    scale=scale.id,
                    handed_in=now.date().isoformat(),
                    wave_ids=union.wave_ids,
                )
            )
    if not records:
        raise NotEnough("no-norms")
    return results.Norms(people=people, wave_ids=union.wave_ids, smoothed=smooth, records=tuple(records))


def _told(norms: results.Norms) -> results.Norms:
    """Norms that an earlier version has stored told more."""
    tables = [told_table(record.table) for record in norms.records]
    records = zip(norms.records, tables, strict=True)
    return replace(norms, records=tuple(replace(one, n=table.n, table=table) for one, table in records))


def _may_show_distributions(sheets: Sheets, columns: Iterable[int] | None = None) -> bool:
    """Whether these sheets (by default all) come from, and are about, enough people to be told score by
    score."""
    keys = sheets.keys if columns is None else [sheets.keys[column] for column in columns]
    sides = ({key.respondent_id for key in keys}, {key.subject_id for key in keys})
    return min(map(len, sides)) >= DISTRIBUTION_GROUP


def _one_each(sheets: Sheets) -> list[int]:
    """For each respondent and subject the column of the sheet about the first job area.

    All columns where the others would be those of a few: the wave's figures, which are of all sheets, less
    its norms would tell these.
    """
    first: dict[tuple[str, str], int] = {}
    for column, key in enumerate(sheets.keys):
        pair = (key.respondent_id, key.subject_id)
        known = first.get(pair)
        if known is None or _place(key) < _place(sheets.keys[known]):
            first[pair] = column
    others = set(range(len(sheets.keys))).difference(first.values())
    if others and not _may_show_distributions(sheets, others):
        return list(range(len(sheets.keys)))
    return sorted(first.values())


def _place(key: SheetKey) -> tuple[int, str]:
    return key.position, key.id


def possible_scores(form: Form, scale: ScaleKey) -> Floats:
    """Every mean that a sheet answered in full can have, ascending."""
    sums = {0}
    for row in scale.rows:
        sums = {total + value for total in sums for value in form.items[row].keyed}
    return np.array(sorted(sums), np.float64) / len(scale.rows)
