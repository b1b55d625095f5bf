"""What has changed since an earlier release: the trends of a group's means, and who of it has come and gone.

Worked out when a release is made, from the means as they are shown. See docs/decisions/0013.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from assess.releases.figures import GroupFigures, Measure, MeasureFigure, Trend, trend
from assess.store.queries import Queries


@dataclass(frozen=True)
class Earlier:
    """One older release, as far as it decides about the new one."""

    release_id: str
    content_hash: str
    least: int
    many: int
    cell_of: Mapping[str, int]
    wide_cell_of: Mapping[str, int]


class Before:
    """The newest older release of the same version of the questionnaire, to count trends from."""

    def __init__(
        self, q: Queries, content_hash: str, earlier: Sequence[Earlier], least: int, interval: float
    ) -> None:
        alike = [one for one in earlier if one.content_hash == content_hash and one.cell_of]
        self.last = alike[-1] if alike else None
        self.least = least
        self.interval = interval
        self.groups: dict[str, GroupFigures] = {}
        self.members: dict[int, set[str]] = {}
        if self.last is None:
            return
        for row in q.release_groups(release_id=self.last.release_id):
            self.groups[row["unit_id"]] = msgspec.json.decode(row["figures"], type=GroupFigures)
        for person, cell in self.last.cell_of.items():
            self.members.setdefault(cell, set()).add(person)

    def compared(self, group: GroupFigures, now: set[str], measures: Sequence[Measure]) -> GroupFigures:
        """The group of the people `now` with its trends: only of the same units, and where nobody or many
        have come and gone."""
        before = self.groups.get(group.unit_id)
        if self.last is None or before is None or set(before.unit_ids) != set(group.unit_ids):
            return group
        then = set[str]().union(*(self.members[cell] for cell in before.cells))
        if 0 < len(now ^ then) < self.least:
            return group
        known = {one.id: one for one in before.measures}
        compared = tuple(
            msgspec.structs.replace(
                figure, trend=self._trend(measure, figure, known.get(figure.id), now, then)
            )
            for measure, figure in zip(measures, group.measures, strict=True)
        )
        return msgspec.structs.replace(group, measures=compared, compared_with=self.last.release_id)

    def _trend(
        self,
        measure: Measure,
        figure: MeasureFigure,
        known: MeasureFigure | None,
        now: set[str],
        then: set[str],
    ) -> Trend | None:
        if known is None:
            return None
        made = trend(measure, figure, known, (len(now), len(then)), len(now & then), self.interval)
        came, left = self._moved(len(now - then), len(then - now))
        return made and msgspec.structs.replace(made, same_people=now == then, came=came, left=left)

    def _moved(self, came: int, left: int) -> tuple[int | None, int | None]:
        """How many have come and left: neither where one of them is a few, who could be known by it."""
        few = any(0 < number < self.least for number in (came, left))
        return (None, None) if few else (came, left)
