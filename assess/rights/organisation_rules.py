"""What may be done beside single sheets: to own affairs, units, group results, an organisation."""

from __future__ import annotations

from assess.rights.rules import PERSPECTIVES, Action, Rule
from assess.rights.things import Administration, Affairs, Pool, Privacy, PublishedGroup, UnitOf
from questionnaires.definition import PerspectiveId

_ANY: frozenset[Privacy] = frozenset({"personal", "confidential"})

_SELF: frozenset[PerspectiveId] = frozenset({"self"})
_CONFIDENTIAL: frozenset[Privacy] = frozenset({"confidential"})

_RELEASE = (
    "After the wave has closed, results are made for groups of at least %(least)s people, never for one "
    "person. The leaders of a group, administrators and the employees’ representatives can see them. How "
    "the answers are distributed is shown only for groups of at least %(many)s."
)
_COMMENTS = (
    "What you write in your own words is shown without your name and out of order, and only for groups of at "
    "least %(many)s people. Write it so that nobody can be recognised by it."
)
_MEASUREMENT = (
    "After the wave has closed, administrators in your organisation see rounded figures about how well the "
    "questionnaire measures, but never one person’s answers or result. The figures rest on at least ten "
    "completed questionnaires, from at least %(least)s people and about at least %(least)s people. How "
    "answers are distributed they see in them only as norms, roughly, from at least 200 people. Until it "
    "closes they see only how many have answered, from ten on."
)

GROUP_RULES: tuple[Rule, ...] = (
    # Results are made of what people say of themselves; of the other perspectives there are none.
    Rule("see-release", "leader", _SELF, _ANY, statements={"self": _RELEASE}, to=PublishedGroup),
    Rule(
        "see-release",
        "administrator",
        _SELF,
        _CONFIDENTIAL,
        statements={"self": _COMMENTS},  # of personal questionnaires no comment is published
        to=PublishedGroup,
    ),
    Rule("see-release", "representative", to=PublishedGroup),
    Rule(
        "see-measurement",
        "administrator",
        PERSPECTIVES,
        _ANY,
        ("closed", "many enough"),
        {"self": _MEASUREMENT, "manager": _MEASUREMENT, "direct-report": _MEASUREMENT},
        to=Pool,
    ),
    Rule("publish-precision", "administrator", PERSPECTIVES, _ANY, ("closed", "many enough"), to=Pool),
    Rule("build-norms", "administrator", PERSPECTIVES, _ANY, ("closed", "many enough"), to=Pool),
)

OF_ONESELF: tuple[Action, ...] = ("see-own", "correct-contact", "ask-erasure", "see-talks")
OF_ADMINISTRATORS: tuple[Action, ...] = (
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
)

ORGANISATION_RULES: tuple[Rule, ...] = (
    *(Rule(action, "oneself", to=Affairs) for action in OF_ONESELF),
    Rule("see-unit", "leader", to=UnitOf),
    *(Rule(action, "administrator", to=Administration) for action in OF_ADMINISTRATORS),
    # What a coach may see of a person is decided by each share; this is only the page that lists them.
    Rule("see-shared", "coach", to=Administration),
    Rule("see-notices", "representative", to=Administration),
)
