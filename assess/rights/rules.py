"""What the table of rights is made of: actors, things, relations, conditions, rules and refusals.

Each rule carries its own statement for the notice that respondents read before the first question
(`notice.py`), so that what is promised and what is enforced are one thing. What no rule allows is refused;
where that is itself a promise the table has a refusal, which is read only while no rule contradicts it.
See `docs/decisions/0006-who-sees-a-rating.md`, `0008-direct-reports-and-the-match.md` and
`0009-administrators-and-local-precision.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from assess.disclosure.thresholds import DEFAULT_GROUP, LEAST_SHEETS
from questionnaires.definition import PerspectiveId, Questionnaire, Situations

Action: TypeAlias = Literal[
    "answer",
    "submit",
    "read",
    "see-profile",
    "see-match",
    "share",
    "export",
    "see-measurement",
    "publish-precision",
    "build-norms",
    "administer",
]
Privacy: TypeAlias = Literal["personal", "confidential"]
Relation: TypeAlias = Literal["respondent", "subject", "manager", "administrator"]
Outcome: TypeAlias = Literal["scales", "levels", "styles"]
Condition: TypeAlias = Literal[
    "of levels",
    "of styles",
    "takes answers",
    "both finished",
    "shared",
    "cannot be influenced",
    "closed",
    "many enough",
]

ACTIONS: tuple[Action, ...] = get_args(Action)
PERSPECTIVES: frozenset[PerspectiveId] = frozenset(get_args(PerspectiveId))


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. `administers`: ids of the organisations that this person administers."""

    id: str
    administers: frozenset[str] = frozenset()


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


@dataclass(frozen=True, slots=True)
class Administration:
    """What an organisation's administrators keep beside the sheets: lists of waves, precision, norms."""

    organisation_id: str


Asked: TypeAlias = Thing | Pool | Administration


@dataclass(frozen=True, slots=True)
class Rule:
    """`who` may do `action` to sheets of the perspectives `of`, when all of `when` hold. What
    administrators may do is done to a `Pool`, everything else to a `Thing`; a rule of no perspective is
    about an `Administration`.

    `statements`: what a respondent of a perspective reads about it (message ids of the catalogue).
    """

    action: Action
    who: Relation
    of: frozenset[PerspectiveId]
    privacy: frozenset[Privacy]
    when: tuple[Condition, ...] = ()
    statements: Mapping[PerspectiveId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What no rule lets `who` do, said aloud: nothing at all with sheets of the perspectives `of`.

    `statements`: as those of a rule, several for a perspective. A test tries them against `may()`.
    """

    who: Relation
    of: frozenset[PerspectiveId]
    privacy: frozenset[Privacy]
    statements: Mapping[PerspectiveId, tuple[str, ...]]


def _to_a_thing(holds: Callable[[Actor, Thing], bool]) -> Callable[[Actor, Asked], bool]:
    """Of a pool nobody is respondent, subject or manager."""
    return lambda actor, thing: isinstance(thing, Thing) and holds(actor, thing)


def _to_a_pool(holds: Callable[[Actor, Pool], bool]) -> Callable[[Actor, Asked], bool]:
    """What must hold of a crowd says nothing of one person's sheets."""
    return lambda actor, thing: isinstance(thing, Pool) and holds(actor, thing)


RELATIONS: Mapping[Relation, Callable[[Actor, Asked], bool]] = MappingProxyType(
    {
        "respondent": _to_a_thing(lambda actor, thing: actor.id == thing.respondent_id),
        "subject": _to_a_thing(lambda actor, thing: actor.id == thing.subject_id != thing.respondent_id),
        "manager": _to_a_thing(lambda actor, thing: actor.id == thing.manager_id),
        # To the sheets of one person an administrator has no relation.
        "administrator": lambda actor, thing: (
            isinstance(thing, Pool | Administration) and thing.organisation_id in actor.administers
        ),
    }
)

CONDITIONS: Mapping[Condition, Callable[[Actor, Asked], bool]] = MappingProxyType(
    {
        "of levels": _to_a_thing(lambda _, thing: thing.outcome == "levels"),
        "of styles": _to_a_thing(lambda _, thing: thing.outcome == "styles"),
        "takes answers": _to_a_thing(lambda _, thing: thing.takes_answers),
        "both finished": _to_a_thing(lambda _, thing: thing.both_finished),
        "shared": _to_a_thing(lambda actor, thing: actor.id in thing.shared_with),
        "cannot be influenced": _to_a_thing(lambda _, thing: thing.both_finished or thing.wave_closed),
        "closed": _to_a_pool(lambda _, pool: pool.wave_closed),
        "many enough": _to_a_pool(
            lambda _, pool: (
                pool.sheets >= LEAST_SHEETS and min(pool.respondents, pool.subjects) >= DEFAULT_GROUP
            )
        ),
    }
)


def outcome_of(questionnaire: Questionnaire) -> Outcome:
    """What a questionnaire tells in the end: levels of need, styles of leading, or only scales."""
    if questionnaire.classification is not None:
        return "levels"
    return "styles" if isinstance(questionnaire.scoring, Situations) else "scales"


ASKED_OF: Mapping[Condition, Outcome] = MappingProxyType({"of levels": "levels", "of styles": "styles"})
"""The conditions that a questionnaire meets or not, whatever happens in a wave."""


def speaks_of(rule: Rule, thing: Asked) -> bool:
    """Whether a rule is about this kind of sheets, or about none where there are none."""
    if isinstance(thing, Administration):
        return not rule.of
    return thing.perspective in rule.of and thing.privacy in rule.privacy
