"""Making the releases of a wave that has closed: once, all figures together, never altered afterwards.

What is published earlier about the same questionnaire, in whatever version, decides with
(`assess/disclosure/differencing.py`). The figures are worked out before the transaction that stores them;
when another wave of the organisation has published in the meantime they are worked out again. So a worker
that dies leaves nothing or everything, and a second one that runs the same job changes nothing.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec
import numpy as np

from assess.answering.precision import published_record
from assess.campaigns.definitions import definition_of
from assess.campaigns.overview import terms_of
from assess.disclosure.differencing import Guarded, Published, guarded_partition
from assess.disclosure.partition import Group
from assess.disclosure.thresholds import DISTRIBUTION_GROUP
from assess.people.organisation import unit_tree
from assess.releases.agreement import CellIcc, cell_icc, means, scale_agreement
from assess.releases.figures import (
    Comments,
    Frozen,
    GroupFigures,
    MeasureFigure,
    level_shares,
    measure_figure,
)
from assess.releases.respondents import Respondents, load_respondents
from assess.releases.trends import Before, Earlier
from assess.scoring.precision import record_in_force
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from questionnaires.definition import PerspectiveId

METHOD = "release-2"
"""Grows by one whenever the same answers could give another figure."""
RELEASED: tuple[PerspectiveId, ...] = ("self",)
"""Perspectives of which there are releases: what people say about themselves, their work and their
organisation. A manager's ratings and what direct reports say about one leader are about named people."""
RESULTS_FROM = frozenset({"closed", "archived"})

Nothing: TypeAlias = Literal["too-few", "earlier"]


class About(Frozen, frozen=True):
    """What was decided about a release. `people`: respondents in its cells (0: none is published, and
    `nothing` says why). `least`, `many`: how many people a group must have, and one whose distribution and
    comments are shown. `merged`: cells that went together because of earlier releases. `seed`: of the order
    of comments. `icc`: how far the cells differ, by scale; None under five cells that may be told of, and in
    releases made before it was worked out."""

    wave_name: str
    least: int
    many: int
    people: int
    merged: int
    seed: int
    nothing: Nothing | None = None
    icc: dict[str, CellIcc] | None = None


@dataclass(frozen=True)
class _Draft:
    """A release that is worked out and not stored."""

    about: About
    groups: tuple[GroupFigures, ...]
    narrow: Guarded
    wide: Guarded
    earlier_ids: tuple[str, ...]


def make(store: Store, wave_id: str, now: datetime) -> tuple[str, ...]:
    """The releases of a wave, one for each questionnaire and perspective; gives the ids of those that are
    new. A wave that has not closed, or is not there, has none; one that has its releases gets no others."""
    with store.read() as q:
        wave = q.wave(id=wave_id)
        if wave is None or wave["state"] not in RESULTS_FROM:
            return ()
        done = {(row["content_hash"], row["perspective"]) for row in q.releases_of_wave(wave_id=wave_id)}
        asked = [(row["content_hash"], row["perspective"]) for row in q.perspectives_asked(wave_id=wave_id)]
    wanted = [one for one in asked if one[1] in RELEASED and one not in done]
    made = (_make_one(store, wave, content_hash, perspective, now) for content_hash, perspective in wanted)
    return tuple(release_id for release_id in made if release_id is not None)


def _make_one(
    store: Store, wave: Mapping[str, str], content_hash: str, perspective: PerspectiveId, now: datetime
) -> str | None:
    seed = store.new_seed()
    while True:
        with store.read() as q:
            draft = _draft(q, wave, content_hash, perspective, seed)
        stored = _store(store, wave, content_hash, perspective, draft, now)
        if stored is not False:
            return stored


def _store(
    store: Store,
    wave: Mapping[str, str],
    content_hash: str,
    perspective: PerspectiveId,
    draft: _Draft,
    now: datetime,
) -> str | Literal[False] | None:
    """The id of the release; None when somebody else has stored it; False when the draft is out of date."""
    release_id = store.new_id(now)
    with store.write() as q:
        q.lock_organisation(id=wave["organisation_id"])
        known = q.releases_of_wave(wave_id=wave["id"])
        if any((row["content_hash"], row["perspective"]) == (content_hash, perspective) for row in known):
            return None
        if _earlier_ids(q, wave["organisation_id"], content_hash, perspective) != draft.earlier_ids:
            return False
        added = q.add_release(
            id=release_id,
            organisation_id=wave["organisation_id"],
            wave_id=wave["id"],
            content_hash=content_hash,
            perspective=perspective,
            version=1,
            method=METHOD,
            about=_json(draft.about),
            made_at=time_text(now),
        )
        if added != 1:
            return None
        if draft.groups:
            q.add_release_groups(
                [
                    {"release_id": release_id, "unit_id": group.unit_id, "figures": _json(group)}
                    for group in draft.groups
                ]
            )
            q.add_release_members(_member_rows(release_id, draft))
    return release_id


def _member_rows(release_id: str, draft: _Draft) -> list[dict[str, str | int | None]]:
    wide = draft.wide.cell_of
    return [
        {"release_id": release_id, "cell": cell, "wide_cell": wide.get(name), "person_id": name}
        for name, cell in draft.narrow.cell_of.items()
    ]


def _json(value: Frozen) -> str:
    return msgspec.json.encode(value).decode()


def _draft(
    q: Queries, wave: Mapping[str, str], content_hash: str, perspective: PerspectiveId, seed: int
) -> _Draft:
    organisation_id = wave["organisation_id"]
    definition = definition_of(q, content_hash)
    local = published_record(q, organisation_id, content_hash, perspective)
    record = record_in_force(definition.questionnaire, perspective, local)
    found = load_respondents(q, wave["id"], content_hash, perspective, record)
    earlier = _load_earlier(q, organisation_id, definition.questionnaire.id, perspective)
    terms = terms_of(q, wave["id"])
    least = max([terms.least, *(one.least for one in earlier)])
    many = max([DISTRIBUTION_GROUP, least, *(one.many for one in earlier)])
    tree = unit_tree(q, organisation_id)
    parents = {unit.id: unit.parent_id for unit in tree}
    unit_of = dict(zip(found.people, found.unit_ids, strict=True))
    narrow = guarded_partition(parents, unit_of, [Published(one.cell_of) for one in earlier], least)
    wide = guarded_partition(parents, unit_of, [Published(one.wide_cell_of) for one in earlier], many)
    groups = _Groups(found, narrow, wide, seed, definition.questionnaire.interval)
    known = Before(q, content_hash, earlier, least, definition.questionnaire.interval)
    figures = tuple(
        known.compared(groups.figures(group), groups.people(group), found.measures)
        for group in narrow.partition.groups.values()
    )
    nothing: Nothing | None = None
    if not figures:
        nothing = "too-few" if len(found.people) < least else "earlier"
    about = About(
        wave_name=wave["name"],
        least=least,
        many=many,
        people=len(narrow.cell_of),
        merged=narrow.merged,
        seed=seed,
        nothing=nothing,
        icc=cell_icc(found, narrow.cell_of, wide.cell_of, definition.questionnaire.interval),
    )
    return _Draft(about, figures, narrow, wide, tuple(one.release_id for one in earlier))


def _load_earlier(
    q: Queries, organisation_id: str, questionnaire_id: str, perspective: PerspectiveId
) -> list[Earlier]:
    rows = q.earlier_releases(
        organisation_id=organisation_id, questionnaire_id=questionnaire_id, perspective=perspective
    )
    result = []
    for row in rows:
        about = msgspec.json.decode(row["about"], type=About)
        members = q.members_of_release(release_id=row["id"])
        result.append(
            Earlier(
                row["id"],
                row["content_hash"],
                about.least,
                about.many,
                {one["person_id"]: one["cell"] for one in members},
                {one["person_id"]: one["wide_cell"] for one in members if one["wide_cell"] is not None},
            )
        )
    return result


def _earlier_ids(
    q: Queries, organisation_id: str, content_hash: str, perspective: PerspectiveId
) -> tuple[str, ...]:
    questionnaire_id = definition_of(q, content_hash).questionnaire.id
    rows = q.earlier_releases(
        organisation_id=organisation_id, questionnaire_id=questionnaire_id, perspective=perspective
    )
    return tuple(row["id"] for row in rows)


class _Groups:
    """The figures of groups, from the columns of their people."""

    def __init__(
        self, found: Respondents, narrow: Guarded, wide: Guarded, seed: int, interval: float
    ) -> None:
        self.found = found
        self.narrow = narrow
        self.wide = wide
        self.seed = seed
        self.interval = interval
        self.columns = _by_cell(found.people, narrow.cell_of, len(narrow.partition.cells))
        self._made: dict[tuple[int, ...], tuple[MeasureFigure, ...]] = {}

    def of(self, cells: Sequence[int]) -> np.ndarray:
        """The columns of everybody in these cells."""
        return np.concatenate([self.columns[cell] for cell in cells])

    def people(self, group: Group) -> set[str]:
        """Ids of everybody in a group."""
        return {self.found.people[column] for column in self.of(group.cells)}

    def figures(self, group: Group) -> GroupFigures:
        columns = self.of(group.cells)
        larger = self.wide.partition.groups.get(group.unit)
        with_spread = larger is not None and set(larger.units) == set(group.units)
        found = self.found
        levels = comments = None
        if with_spread and found.levels is not None:
            levels = level_shares(found.level_ids, found.levels[:, columns])
        if with_spread and found.texts:
            comments = self._comments(columns)
        return GroupFigures(
            unit_id=group.unit,
            unit_ids=group.units,
            cells=group.cells,
            people=len(columns),
            whole=group.whole,
            own=group.own,
            measures=self._measures(group, columns, with_spread),
            levels=levels,
            comments=comments,
            has_distribution=with_spread,
        )

    def _measures(self, group: Group, columns: np.ndarray, with_spread: bool) -> tuple[MeasureFigure, ...]:
        # Units that are shown the same group have the same figures: they are worked out once.
        found = self.found
        if group.cells not in self._made:
            alike = scale_agreement(
                found.form, means(found.item_sums[:, columns], found.item_counts[:, columns])
            )
            self._made[group.cells] = tuple(
                msgspec.structs.replace(
                    measure_figure(measure, values, self.interval, with_spread=True),
                    agreement=alike.get(measure.id),
                )
                for measure, values in zip(found.measures, found.values[:, columns], strict=True)
            )
        made = self._made[group.cells]
        if with_spread:
            return made
        return tuple(msgspec.structs.replace(one, sd=None, agreement=None) for one in made)

    def _comments(self, columns: np.ndarray) -> tuple[Comments, ...]:
        inside = {int(column) for column in columns}
        result = []
        for item_id, found in sorted(self.found.texts.items()):
            # Sorted first: the order must not depend on who has answered when.
            texts = sorted(text for column, text in found if column in inside)
            random.Random(f"{self.seed} {item_id} {len(columns)}").shuffle(texts)  # noqa: S311 (no secret)
            result.append(Comments(item_id=item_id, texts=tuple(texts)))
        return tuple(result)


def _by_cell(people: Sequence[str], cell_of: Mapping[str, int], count: int) -> list[np.ndarray]:
    columns: list[list[int]] = [[] for _ in range(count)]
    for column, person in enumerate(people):
        if person in cell_of:
            columns[cell_of[person]].append(column)
    return [np.array(found, np.intp) for found in columns]
