"""The table who may do what to what, and `may()`, which reads it.

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
from questionnaires.definition import PerspectiveId

Action: TypeAlias = Literal[
    "answer",
    "submit",
    "read",
    "see-profile",
    "share",
    "export",
    "see-measurement",
    "publish-precision",
    "build-norms",
]
Privacy: TypeAlias = Literal["personal", "confidential"]
Relation: TypeAlias = Literal["respondent", "subject", "manager", "administrator"]
Condition: TypeAlias = Literal[
    "takes answers", "both finished", "shared", "cannot be influenced", "closed", "many enough"
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
class Rule:
    """`who` may do `action` to sheets of the perspectives `of`, when all of `when` hold. What
    administrators may do is done to a `Pool`, everything else to a `Thing`.

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


def _to_a_thing(holds: Callable[[Actor, Thing], bool]) -> Callable[[Actor, Thing | Pool], bool]:
    """Of a pool nobody is respondent, subject or manager."""
    return lambda actor, thing: isinstance(thing, Thing) and holds(actor, thing)


def _to_a_pool(holds: Callable[[Actor, Pool], bool]) -> Callable[[Actor, Thing | Pool], bool]:
    """To the sheets of one person an administrator has no relation."""
    return lambda actor, thing: isinstance(thing, Pool) and holds(actor, thing)


RELATIONS: Mapping[Relation, Callable[[Actor, Thing | Pool], bool]] = MappingProxyType(
    {
        "respondent": _to_a_thing(lambda actor, thing: actor.id == thing.respondent_id),
        "subject": _to_a_thing(lambda actor, thing: actor.id == thing.subject_id != thing.respondent_id),
        "manager": _to_a_thing(lambda actor, thing: actor.id == thing.manager_id),
        "administrator": _to_a_pool(lambda actor, pool: pool.organisation_id in actor.administers),
    }
)

CONDITIONS: Mapping[Condition, Callable[[Actor, Thing | Pool], bool]] = MappingProxyType(
    {
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

_SELF: frozenset[PerspectiveId] = frozenset({"self"})
_MANAGER: frozenset[PerspectiveId] = frozenset({"manager"})
_PERSONAL: frozenset[Privacy] = frozenset({"personal"})
_DIRECT_REPORT: frozenset[PerspectiveId] = frozenset({"direct-report"})
_CONFIDENTIAL: frozenset[Privacy] = frozenset({"confidential"})
_ANY: frozenset[Privacy] = _PERSONAL | _CONFIDENTIAL

_MEASUREMENT = (
    "After the questionnaire has closed, administrators in your organisation see figures about how well it "
    "measures, but never one person’s answers or result. The figures rest on at least ten completed "
    "questionnaires, from at least five people and about at least five people."
)

TABLE: tuple[Rule | Refusal, ...] = (
    Refusal(
        "subject",
        _DIRECT_REPORT,
        _CONFIDENTIAL,
        {
            "direct-report": (
                "Your answers are confidential: your manager never sees them.",
                "At present no result about your manager is made from them, and nobody is told that you have "
                "answered. After the questionnaire has closed, figures for the whole group may be shown, but "
                "only if at least five people have answered.",
                "Your answers are stored with your name, so that you can carry on later. That is why we "
                "call them confidential, not anonymous.",
            )
        },
    ),
    Rule("answer", "respondent", PERSPECTIVES, _ANY, ("takes answers",)),
    Rule("submit", "respondent", PERSPECTIVES, _ANY, ("takes answers",)),
    Rule(
        "read",
        "respondent",
        PERSPECTIVES,
        _ANY,
        statements={
            "self": "You see your own answers at any time.",
            "manager": "You see your own answers at any time.",
            "direct-report": "You see your own answers at any time.",
        },
    ),
    Rule(
        "see-profile",
        "respondent",
        PERSPECTIVES,
        _PERSONAL,
        statements={
            "self": "You see your own profile as soon as you have submitted.",
            "manager": "You see the result of your own rating as soon as you have submitted.",
        },
    ),
    Refusal("manager", _SELF, _PERSONAL, {"self": ("Nobody but you sees your result.",)}),
    Rule(
        "see-profile",
        "manager",
        _SELF,
        _PERSONAL,
        ("both finished", "shared"),
        {
            "self": "Your manager sees your profile and the answers behind it only if you choose to share "
            "it, and only when both of you have submitted. You can change your choice at any time. Your "
            "manager cannot tell whether you said no, have not answered, or have not decided yet.",
            "manager": "You see the person’s own profile only if the person shares it with you, and only "
            "when both of you have submitted.",
        },
    ),
    Rule(
        "see-profile",
        "subject",
        _MANAGER,
        _PERSONAL,
        ("both finished",),
        {
            "self": "If your manager answers about you, you see that rating and the answers behind it when "
            "both of you have submitted, never before.",
            "manager": "The person sees your rating and the answers behind it when both of you have "
            "submitted, never before.",
        },
    ),
    Refusal(
        "subject",
        _DIRECT_REPORT,
        _CONFIDENTIAL,
        {
            "self": (
                "The answers that the people you lead give about you are confidential: you never see any "
                "one person’s answers. At present no result is made from them, and nobody is told who has "
                "answered. After the questionnaire has closed, figures for the whole group may be shown, but "
                "only if at least five people have answered.",
            )
        },
    ),
    Rule("share", "respondent", _SELF, _PERSONAL),
    Rule(
        "export",
        "respondent",
        PERSPECTIVES,
        _ANY,
        statements={
            "self": "You can download everything that you have answered here.",
            "manager": "You can download everything that you have answered here.",
            "direct-report": "You can download everything that you have answered here.",
        },
    ),
    Rule(
        "export",
        "subject",
        _MANAGER,
        _PERSONAL,
        ("cannot be influenced",),
        {
            "self": "What your manager has submitted about you is part of your download when both of you "
            "have submitted, or when the questionnaire has closed.",
            "manager": "What you submit about the person is part of the person’s download when both of you "
            "have submitted, or when the questionnaire has closed.",
        },
    ),
    Rule(
        "see-measurement",
        "administrator",
        PERSPECTIVES,
        _ANY,
        ("closed", "many enough"),
        {"self": _MEASUREMENT, "manager": _MEASUREMENT, "direct-report": _MEASUREMENT},
    ),
    Rule("publish-precision", "administrator", PERSPECTIVES, _ANY, ("closed", "many enough")),
    Rule("build-norms", "administrator", PERSPECTIVES, _ANY, ("closed", "many enough")),
)

RULES: tuple[Rule, ...] = tuple(entry for entry in TABLE if isinstance(entry, Rule))
REFUSALS: tuple[Refusal, ...] = tuple(entry for entry in TABLE if isinstance(entry, Refusal))


def may(actor: Actor, action: Action, thing: Thing | Pool) -> bool:
    """Whether a rule lets `actor` do `action` to `thing`. What no rule allows is refused."""
    return any(
        rule.action == action
        and thing.perspective in rule.of
        and thing.privacy in rule.privacy
        and RELATIONS[rule.who](actor, thing)
        and all(CONDITIONS[condition](actor, thing) for condition in rule.when)
        for rule in RULES
    )
