"""What the table of rights is made of: actions, relations, conditions, rules and refusals.

Each rule carries its own statement for the notice that respondents read before the first question
(`notice.py`), so that what is promised and what is enforced are one thing. What no rule allows is refused;
where that is itself a promise the table has a refusal, which is read only while no rule contradicts it.
See `docs/decisions/0006-who-sees-a-rating.md`, `0008-direct-reports-and-the-match.md`,
`0009-administrators-and-local-precision.md`, `0012-rights-and-the-log.md` and `0015-talks.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from assess.disclosure.thresholds import LEAST_SHEETS
from assess.rights.things import (
    Actor,
    Administration,
    Affairs,
    Asked,
    Outcome,
    Pool,
    Privacy,
    PublishedGroup,
    TalkOf,
    TalkWith,
    Thing,
    UnitOf,
)
from questionnaires.definition import PerspectiveId

Action: TypeAlias = Literal[
    # to one respondent's sheets (`Thing`)
    "answer",
    "submit",
    "read",
    "see-profile",
    "see-match",
    "share",
    "export",
    # to the own affairs (`Affairs`)
    "see-own",
    "correct-contact",
    "ask-erasure",
    "see-talks",
    # to a person with whom one would have a talk (`TalkWith`), to a talk (`TalkOf`)
    "plan-talk",
    "see-talk",
    "change-talk",
    "cancel-talk",
    "prepare-talk",
    "agree",
    "note-talk",
    "read-own-note",
    "show-talk",
    # to a unit that one leads (`UnitOf`), to a group's published numbers (`PublishedGroup`)
    "see-unit",
    "see-release",
    # to all sheets together (`Pool`)
    "see-measurement",
    "publish-precision",
    "build-norms",
    # to an organisation (`Administration`)
    "administer",
    "manage-people",
    "appoint",
    "run-campaigns",
    "see-response",
    "enter-paper",
    "see-mail",
    "see-log",
    "carry-out-erasure",
    "see-talk-shares",
    "see-shared",
    "see-notices",
]
Relation: TypeAlias = Literal[
    "respondent",
    "subject",
    "manager",
    "coach",
    "oneself",
    "leader",
    "administrator",
    "representative",
    "nearest leader",
    "talk person",
    "talk holder",
    "talk successor",
    "talk coach",
    "note writer",
]
Condition: TypeAlias = Literal[
    "of levels",
    "of styles",
    "takes answers",
    "both finished",
    "shared",
    "leads still",
    "cannot be influenced",
    "closed",
    "many enough",
]

ACTIONS: tuple[Action, ...] = get_args(Action)
PERSPECTIVES: frozenset[PerspectiveId] = frozenset(get_args(PerspectiveId))


@dataclass(frozen=True, slots=True)
class Rule:
    """`who` may do `action` to things of the kind `to`, when all of `when` hold. Where they are sheets, alone
    or together, `of` and `privacy` say which; otherwise `of` says only whose notice the statements are for.

    `statements`: what a respondent of a perspective reads about it (message ids of the catalogue).
    """

    action: Action
    who: Relation
    of: frozenset[PerspectiveId] = frozenset()
    privacy: frozenset[Privacy] = frozenset()
    when: tuple[Condition, ...] = ()
    statements: Mapping[PerspectiveId, str] = field(default_factory=dict)
    to: type[Asked] = Thing


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
    """Of a pool, a group or an organisation nobody is respondent, subject or manager."""
    return lambda actor, thing: isinstance(thing, Thing) and holds(actor, thing)


def _to_a_pool(holds: Callable[[Actor, Pool], bool]) -> Callable[[Actor, Asked], bool]:
    """What must hold of a crowd says nothing of one person's sheets."""
    return lambda actor, thing: isinstance(thing, Pool) and holds(actor, thing)


def _is_coach(actor: Actor, thing: Asked) -> bool:
    if isinstance(thing, Thing):
        # The subject's manager stays the manager, whom both having finished binds, also when a coach.
        is_near = actor.id in (thing.respondent_id, thing.subject_id, thing.manager_id)
        return thing.organisation_id in actor.coaches and not is_near
    return isinstance(thing, Administration) and thing.organisation_id in actor.coaches


def _of_a_talk(holds: Callable[[Actor, TalkOf], bool]) -> Callable[[Actor, Asked], bool]:
    return lambda actor, thing: isinstance(thing, TalkOf) and holds(actor, thing)


def _is_talk_coach(actor: Actor, thing: Asked) -> bool:
    """Chosen by the person, and still appointed."""
    if isinstance(thing, TalkWith):
        chosen = thing.coached_by
    elif isinstance(thing, TalkOf):
        chosen = thing.shown_to
    else:
        return False
    return thing.organisation_id in actor.coaches and actor.id in chosen and actor.id != thing.person_id


RELATIONS: Mapping[Relation, Callable[[Actor, Asked], bool]] = MappingProxyType(
    {
        "respondent": _to_a_thing(lambda actor, thing: actor.id == thing.respondent_id),
        "subject": _to_a_thing(lambda actor, thing: actor.id == thing.subject_id != thing.respondent_id),
        "manager": _to_a_thing(lambda actor, thing: actor.id == thing.manager_id),
        "coach": _is_coach,
        "oneself": lambda actor, thing: isinstance(thing, Affairs) and actor.id == thing.person_id,
        "leader": lambda actor, thing: (
            isinstance(thing, (UnitOf, PublishedGroup)) and actor.id in thing.led_by
        ),
        # To the sheets of one person neither administrators nor representatives have a relation.
        "administrator": lambda actor, thing: (
            isinstance(thing, (Pool, Administration, PublishedGroup))
            and thing.organisation_id in actor.administers
        ),
        "representative": lambda actor, thing: (
            isinstance(thing, (Administration, PublishedGroup)) and thing.organisation_id in actor.represents
        ),
        "nearest leader": lambda actor, thing: (
            isinstance(thing, TalkWith) and actor.id == thing.led_by != thing.person_id
        ),
        "talk person": _of_a_talk(lambda actor, talk: actor.id == talk.person_id),
        "talk holder": _of_a_talk(lambda actor, talk: actor.id == talk.holder_id),
        "talk successor": _of_a_talk(lambda actor, talk: actor.id in talk.successor_ids),
        "talk coach": _is_talk_coach,
        "note writer": _of_a_talk(lambda actor, talk: actor.id in talk.writers),
    }
)

CONDITIONS: Mapping[Condition, Callable[[Actor, Asked], bool]] = MappingProxyType(
    {
        "of levels": _to_a_thing(lambda _, thing: thing.outcome == "levels"),
        "of styles": _to_a_thing(lambda _, thing: thing.outcome == "styles"),
        "takes answers": _to_a_thing(lambda _, thing: thing.takes_answers),
        "both finished": _to_a_thing(lambda _, thing: thing.both_finished),
        "shared": _to_a_thing(lambda actor, thing: actor.id in thing.shared_with),
        "leads still": _to_a_thing(lambda actor, thing: actor.id in thing.leading),
        "cannot be influenced": _to_a_thing(lambda _, thing: thing.both_finished or thing.wave_closed),
        "closed": _to_a_pool(lambda _, pool: pool.wave_closed),
        "many enough": _to_a_pool(
            lambda _, pool: pool.sheets >= LEAST_SHEETS and min(pool.respondents, pool.subjects) >= pool.least
        ),
    }
)

ASKED_OF: Mapping[Condition, Outcome] = MappingProxyType({"of levels": "levels", "of styles": "styles"})
"""The conditions that a questionnaire meets or not, whatever happens in a wave."""


def speaks_of(rule: Rule, thing: Asked) -> bool:
    """Whether a rule is about this kind of thing and, of sheets, about these."""
    if not isinstance(thing, rule.to):
        return False
    if isinstance(thing, (Thing, Pool)):
        return thing.perspective in rule.of and thing.privacy in rule.privacy
    return True
