"""A leader's style beside the maturity of the people whom the leader rates as manager.

Everything goes through `may()` as `see-match`: the own style, the leader's own ratings, and a person's own
profile only where the leader sees it beside the rating anyway. See
`docs/decisions/0008-direct-reports-and-the-match.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from assess.answering.loading import Row, actor, key_of, person, thing, wave_of
from assess.answering.profiles import other_profiles, own_profiles
from assess.answering.types import JobArea, Person, PersonMatch, StoredProfile, Task
from assess.campaigns.definitions import definition_of
from assess.language.alphabet import place_in_alphabet
from assess.rights import may
from assess.scoring.match import match
from assess.scoring.results import Profile
from assess.store.queries import Queries
from questionnaires.definition import Questionnaire, Situations


@dataclass(frozen=True, slots=True)
class _Maturity:
    """What the leader may see about one person in one job area that the leader has rated."""

    person: Person
    job_area: JobArea | None
    questionnaire: Questionnaire
    manager: StoredProfile
    own: StoredProfile | None
    own_task: str

    @property
    def key(self) -> tuple[str, str]:
        return self.person.id, self.job_area.id if self.job_area else ""

    @property
    def submitted_at(self) -> datetime:
        """When the leader answered."""
        return self.manager.made_at


def matches_of(q: Queries, task: Task, profile: Profile, now: datetime) -> tuple[PersonMatch, ...]:
    """The matches of a leader with the own style `profile` of `task`: one for each person and job area that
    the leader has rated in the organisation, by the newest rating; alphabetical in the leader's language.

    A person whose own profile may not be seen has the leader's view alone, whatever the reason. Empty where
    the profile has no table of styles. Logs nothing.
    """
    scoring, styles = task.definition.questionnaire.scoring, profile.styles
    if not may(actor(task.key), "see-match", thing(task)) or not (styles and styles.table):
        return ()
    assert isinstance(scoring, Situations)
    found = []
    for one in _newest(q, task, now):
        made = match(
            styles,
            scoring,
            one.questionnaire,
            one.own.profile if one.own else None,
            one.manager.profile,
            profile.interval,
        )
        if made is not None:
            found.append(PersonMatch(one.person, one.job_area, made, one.own_task if one.own else None))
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


def _newest(q: Queries, task: Task, now: datetime) -> tuple[_Maturity, ...]:
    newest: dict[tuple[str, str], _Maturity] = {}
    for row in q.ratings_by(respondent_id=task.respondent.id, organisation_id=task.organisation.id):
        for one in _maturities(q, row, task.respondent, now):
            known = newest.get(one.key)
            if known is None or known.submitted_at <= one.submitted_at:
                newest[one.key] = one
    return tuple(newest.values())


def _maturities(q: Queries, rating: Row, leader: Person, now: datetime) -> Iterator[_Maturity]:
    """What may be seen of one rating and of the person's own profile beside it."""
    key, wave = key_of(rating), wave_of(rating, now)
    questionnaire = definition_of(q, key.content_hash).questionnaire
    subject = person(rating, "subject_")
    rated = own_profiles(q, key, wave, leader, "see-match")
    if not rated:
        return
    beside = None
    if rating["own_id"] is not None:
        beside = {
            "id": rating["own_id"],
            "respondent_id": subject.id,
            "first_name": subject.first_name,
            "name": subject.name,
            "language": subject.language,
        }
    shown = other_profiles(q, key, wave, beside, "see-match")
    # An area that the manager has not rated is left out: the employee was told that it goes by that rating.
    for area_id, (area, manager) in rated.items():
        own = shown.get(area_id)
        yield _Maturity(subject, area, questionnaire, manager, own and own[1], rating["own_id"] or "")
