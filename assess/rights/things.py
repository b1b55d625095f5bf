"""Who asks, and what can be asked about: the values that a decision rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from assess.disclosure.thresholds import DEFAULT_GROUP
from questionnaires.definition import PerspectiveId, Questionnaire, Situations

Privacy: TypeAlias = Literal["personal", "confidential"]
Outcome: TypeAlias = Literal["scales", "levels", "styles"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, with the ids of the organisations in which this person has an office at this moment."""

    id: str
    administers: frozenset[str] = frozenset()
    coaches: frozenset[str] = frozenset()
    represents: frozenset[str] = frozenset()
    """Where the person is the employees' representative."""
    organisation_id: str = ""
    """Where the person belongs; an office may be held elsewhere. Nothing is decided by it."""


@dataclass(frozen=True, slots=True)
class Thing:
    """The sheets and profiles of one respondent about one subject in one wave, and what decides about
    them."""

    privacy: Privacy
    perspective: PerspectiveId
    respondent_id: str
    subject_id: str
    outcome: Outcome = "scales"
    """What the questionnaire tells in the end: `outcome_of`."""
    manager_id: str | None = None
    """Who rates the subject as manager in the same wave."""
    takes_answers: bool = False
    """The wave is open and the sheet not submitted."""
    both_finished: bool = False
    """Subject and manager have submitted all that they will submit."""
    shared_with: frozenset[str] = frozenset()
    """With whom the subject shares this at this moment."""
    wave_closed: bool = False
    leading: frozenset[str] = frozenset()
    """Who rates the subject as manager and has not stopped leading the subject: whoever leads still, or was
    asked to rate without ever leading."""
    organisation_id: str = ""
    """Whose wave it is: coaches of that organisation can be shared with."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The submitted sheets of one perspective on a questionnaire in one wave, all together: what figures
    about the measurement are made of. Of several waves together the rights are asked for each."""

    privacy: Privacy
    perspective: PerspectiveId
    organisation_id: str
    sheets: int
    respondents: int
    """How many different people have answered."""
    subjects: int
    """How many different people it is about."""
    wave_closed: bool
    least: int = DEFAULT_GROUP
    """How many people a group of this wave must have."""


@dataclass(frozen=True, slots=True)
class Administration:
    """What is kept for an organisation as a whole: its people, campaigns, mail, log, notices."""

    organisation_id: str


@dataclass(frozen=True, slots=True)
class Affairs:
    """What is one person's own business: the list of own results, contact data, looks, erasure."""

    person_id: str


@dataclass(frozen=True, slots=True)
class UnitOf:
    """A unit as those see it who lead it: whom to rate, how far the team is."""

    organisation_id: str
    unit_id: str
    led_by: frozenset[str]
    """Leaders of the unit and of all units above it."""


@dataclass(frozen=True, slots=True)
class PublishedGroup:
    """The frozen numbers of one group in a release."""

    organisation_id: str
    led_by: frozenset[str]
    """Leaders of the group's unit and of all units above it."""


@dataclass(frozen=True, slots=True)
class TalkWith:
    """A person with whom somebody would plan a talk."""

    organisation_id: str
    person_id: str
    led_by: str | None
    """The person's nearest leader at this moment."""
    coached_by: frozenset[str]
    """With whom the person shares a profile or a talk as coach at this moment."""


@dataclass(frozen=True, slots=True)
class TalkOf:
    """A talk and who has to do with it at this moment."""

    organisation_id: str
    person_id: str
    holder_id: str | None
    """None where whoever held it is the person's manager or coach no longer."""
    shown_to: frozenset[str] = frozenset()
    """Coaches to whom the person shows it."""
    successor_ids: frozenset[str] = frozenset()
    """The nearest manager now, if it is not the holder and the person has moved the talk on."""
    writers: frozenset[str] = frozenset()
    """Who has a working note of it."""


Asked: TypeAlias = Thing | Pool | Administration | Affairs | UnitOf | PublishedGroup | TalkWith | TalkOf


def outcome_of(questionnaire: Questionnaire) -> Outcome:
    """What a questionnaire tells in the end: levels of need, styles of leading, or only scales."""
    if questionnaire.classification is not None:
        return "levels"
    return "styles" if isinstance(questionnaire.scoring, Situations) else "scales"
