"""A leader's style beside the maturity of the people whom the leader rates as manager.

Everything goes through `may()` as `see-match`: the own style, the leader's own ratings, and a person's own
profile only where the leader sees it beside the rating anyway. See
`docs/decisions/0008-direct-reports-and-the-match.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import msgspec

from assess.answering.loading import Row, actor, job_area, key_of, person, thing, thing_of, wave_of
from assess.answering.types import PersonMatch, Task
from assess.answering.views import Pair, near_pairs
from assess.campaigns.definitions import definition_of
from assess.language.alphabet import place_in_alphabet
from assess.rights import Actor, may
from assess.scoring.match import match_each
from assess.scoring.results import Profile
from assess.scoring.style_results import StylesResult
from assess.store.ids import parse_time
from assess.store.queries import Queries
from questionnaires.definition import Questionnaire, Situations


@dataclass(frozen=True, slots=True)
class OwnStyle:
    """A result of a leader about the own style that can be set beside people. `interval`: the questionnaire's
    coverage."""

    styles: StylesResult
    situations: Situations
    interval: float
    made_at: datetime


@dataclass(frozen=True, slots=True)
class _Rating:
    """What the leader may see about one person in one job area that the leader has rated: rows of `View`."""

    content_hash: str
    questionnaire: Questionnaire
    wave: str
    manager: Row
    own: Row | None

    @property
    def key(self) -> tuple[str, str]:
        return self.manager["subject_id"], self.manager["job_area_id"] or ""

    @property
    def answered_at(self) -> tuple[str, str]:
        """When the leader answered; of two at once the later task."""
        return self.manager["made_at"], self.manager["id"]


def own_style(q: Queries, leader: Actor, now: datetime, *, until: datetime | None = None) -> OwnStyle | None:
    """The newest of all waves, answered by `until`. None where the leader has not answered, too little of it,
    or may not set it beside anybody."""
    newest = None
    for row in q.own_profiles_of(respondent_id=leader.id):
        definition = definition_of(q, row["content_hash"])
        scoring = definition.questionnaire.scoring
        about = thing_of(key_of(row), definition, wave_of(row, now))
        if not isinstance(scoring, Situations) or not may(leader, "see-match", about):
            continue
        made_at = parse_time(row["made_at"])
        if until is not None and made_at > until:
            break
        profile = msgspec.json.decode(row["profile"], type=Profile)
        if profile.styles is not None and profile.styles.table:
            newest = OwnStyle(profile.styles, scoring, profile.interval, made_at)
    return newest


def answered_again(q: Queries, task: Task, made_at: datetime, now: datetime) -> datetime | None:
    """When the leader of `task` answered about the own style once more, after `made_at`, with a result that
    counts elsewhere (`own_style`); None where that has not happened, and for other tasks."""
    if not isinstance(task.definition.questionnaire.scoring, Situations) or task.perspective != "self":
        return None
    newest = own_style(q, actor(task.key), now)
    return newest.made_at if newest is not None and newest.made_at > made_at else None


def matches_of(q: Queries, task: Task, profile: Profile, now: datetime) -> tuple[PersonMatch, ...]:
    """The matches of a leader with the own style `profile` of `task`: one for each person and job area that
    the leader has rated in the organisation, by the newest rating; alphabetical in the leader's language.

    A person whose own profile may not be seen has the leader's view alone, whatever the reason; whoever has
    left is not there. Empty where the profile has no table of styles. One query for all. Logs nothing.
    """
    scoring, styles = task.definition.questionnaire.scoring, profile.styles
    if not may(actor(task.key), "see-match", thing(task)) or not (styles and styles.table):
        return ()
    assert isinstance(scoring, Situations)
    by_content: dict[str, list[_Rating]] = {}
    for one in _newest(q, task, now):
        by_content.setdefault(one.content_hash, []).append(one)
    found = []
    for ratings in by_content.values():
        pairs = [(_profile(one.own), _profile(one.manager)) for one in ratings]
        made = match_each(styles, scoring, ratings[0].questionnaire, pairs, profile.interval)
        found += [
            PersonMatch(
                person(one.manager, "subject_"),
                job_area(one.manager),
                match,
                None if one.own is None else one.own["id"],
                one.wave,
                parse_time(one.manager["made_at"]),
            )
            for one, match in zip(ratings, made, strict=True)
            if match is not None
        ]
    language = task.respondent.language
    return tuple(
        sorted(
            found,
            key=lambda one: (
                place_in_alphabet(one.person.name, language),
                one.person.id,
                place_in_alphabet(one.job_area.name(language) if one.job_area else "", language),
            ),
        )
    )


def _newest(q: Queries, task: Task, now: datetime) -> tuple[_Rating, ...]:
    newest: dict[tuple[str, str], _Rating] = {}
    for pair in near_pairs(q, task.respondent.id, now):
        for one in _ratings(pair, task):
            known = newest.get(one.key)
            if known is None or known.answered_at <= one.answered_at:
                newest[one.key] = one
    return tuple(newest.values())


def _ratings(pair: Pair, task: Task) -> Iterator[_Rating]:
    """What may be seen of the leader's own rating of a person and of the person's own profile beside it."""
    leader, manager = task.respondent.id, pair.manager
    if manager is None or (manager.row["respondent_id"], manager.row["organisation_id"]) != (
        leader,
        task.organisation.id,
    ):
        return
    if not may(actor(task.key), "see-match", pair.thing(manager, leader)):
        return
    is_shown = pair.own is not None and may(actor(task.key), "see-match", pair.thing(pair.own, leader))
    shown = {row["job_area_id"]: row for row in pair.own.profiles} if pair.own and is_shown else {}
    # An area that the manager has not rated is left out: the employee was told that it goes by that rating.
    for row in manager.profiles:
        yield _Rating(
            manager.row["content_hash"],
            pair.definition.questionnaire,
            pair.wave.name,
            row,
            shown.get(row["job_area_id"]),
        )


def _profile(row: Row | None) -> Profile | None:
    return None if row is None else msgspec.json.decode(row["profile"], type=Profile)
