"""The two views of people who may concern somebody, and what the rights need to know about each: one query
whatever the number of people. Which of it may be seen is for the caller to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from assess.answering.loading import Row, is_finished, key_of, led_no_longer, thing_of, wave_of
from assess.answering.types import Wave
from assess.campaigns.definitions import definition_of
from assess.rights import Thing
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries
from questionnaires.definition import Definition


@dataclass(frozen=True, slots=True)
class View:
    """One task, with a row of `views_near` for each sheet, by the latest of its profiles."""

    row: Row
    sheets: tuple[Row, ...]

    @property
    def profiles(self) -> tuple[Row, ...]:
        """The sheets that are submitted and have a profile, in the order of answering."""
        return tuple(row for row in self.sheets if row["submitted_at"] is not None and row["profile"])


@dataclass(frozen=True, slots=True)
class Pair:
    """What a person and the manager have been asked about the person in one wave, by one questionnaire."""

    own: View | None
    manager: View | None
    definition: Definition
    wave: Wave
    led_no_longer: bool = False
    """Whom the pair was loaded for has led the person, and leads the person no longer."""

    @property
    def views(self) -> tuple[View, ...]:
        return tuple(view for view in (self.own, self.manager) if view is not None)

    @property
    def shared_since(self) -> datetime | None:
        """Since when the person shares the own view with whom the pair was loaded for."""
        if self.own is None or not self.own.row["shared"]:
            return None
        return parse_time(self.own.row["decided_at"])

    def thing(self, view: View, viewer_id: str) -> Thing:
        """One of the views as the rights see it; `viewer_id`: for whom the pair was loaded."""
        return replace(
            thing_of(key_of(view.row), self.definition, self.wave),
            organisation_id=view.row["organisation_id"],
            manager_id=None if self.manager is None else self.manager.row["respondent_id"],
            both_finished=self.own is not None
            and self.manager is not None
            and all(is_finished(list(one.sheets), self.wave) for one in self.views),
            shared_with=frozenset({viewer_id} if self.shared_since is not None else ()),
            leading=frozenset(() if self.led_no_longer else {viewer_id}),
        )


def near_pairs(q: Queries, viewer_id: str, now: datetime, subject_id: str | None = None) -> list[Pair]:
    """Everybody whom the viewer rates, is, or is shared with; newest wave first.

    Whoever has left or was erased is not there, nor whoever only tries a wave, but for those who try it too.
    `subject_id`: about that person only.
    """
    rows = q.views_near(actor_id=viewer_id, subject_id=subject_id, now=time_text(now))
    formerly = led_no_longer(q, viewer_id, now, subject_id)
    return [
        Pair(
            own=views.get("self"),
            manager=views.get("manager"),
            definition=definition_of(q, content_hash),
            wave=wave_of(next(iter(views.values())).row, now),
            led_no_longer=about_id in formerly,
        )
        for (_, content_hash, about_id), views in _by_pair(rows).items()
    ]


def _by_pair(rows: Iterable[Row]) -> dict[tuple[str, str, str], dict[str, View]]:
    """Wave, content and subject → perspective → view: of each there is one."""
    sheets: dict[str, dict[str | None, Row]] = {}
    pairs: dict[tuple[str, str, str], dict[str, Row]] = {}
    for row in rows:
        sheets.setdefault(row["id"], {})[row["assignment_id"]] = row
        key = (row["wave_id"], row["content_hash"], row["subject_id"])
        pairs.setdefault(key, {})[row["perspective"]] = row
    return {
        key: {perspective: View(row, tuple(sheets[row["id"]].values())) for perspective, row in pair.items()}
        for key, pair in pairs.items()
    }
