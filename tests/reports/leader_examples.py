"""Leaders for the tests of reports: a questionnaire with all its words, sheets by styles, matches, raters."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from example_definitions import choices, leadership, maturity

from assess.scoring.match import match
from assess.scoring.profile import make_profile
from assess.scoring.raters import rater_group
from assess.scoring.results import ClassificationResult, Profile
from assess.scoring.style_results import Match, RaterGroup
from questionnaires.definition import (
    ChoiceItem,
    Definition,
    LanguageId,
    LeaningTexts,
    MatchTexts,
    OptionSet,
    PatternTexts,
    PerspectiveTexts,
    Situations,
    SituationTexts,
    StyleTexts,
    Texts,
)
from reports.leader import LeaderView, MatchEntry, leader_view

LANGUAGES: tuple[LanguageId, ...] = ("da", "sv", "en")
LEVELS = ("M1", "M2", "M3", "M4")
NAMES = {"S1": "Instructing", "S2": "Coaching", "S3": "Supporting", "S4": "Delegating"}
WISHES = {f"S{n}": f"wish-s{n}" for n in (1, 2, 3, 4)}

FITTING = "1234" * 5
"""In every situation the style that it calls for."""
ALWAYS_S2 = "2" * 20
MIXED = "1234" * 2 + "2233" * 2 + "1244"
"""S1 three times, S2 seven, S3 six, S4 four; mostly what is called for."""
TIGHT = "1111" * 2 + "1122" * 2 + "1223"
"""Over-leading in 14 of the 15 situations that allow it."""
LOOSE = "4444" * 2 + "3344" * 3


def texts(language: LanguageId, definition: Definition) -> Texts:
    def actions(n: int, who: str) -> tuple[str, str, str, str]:
        first, second, third, fourth = (f"{who} act {n}{letter}." for letter in "ABCD")
        return first, second, third, fourth

    items: Any = {
        item.id: {
            "self": SituationTexts(situation=f"Situation {n} at work.", actions=actions(n, "You")),
            "direct-report": SituationTexts(
                situation=f"Situation {n} at work.", actions=actions(n, "{first_name}")
            ),
        }
        for n, item in enumerate(definition.questionnaire.items, start=1)
    }
    return Texts(
        language=language,
        title="Leadership",
        summary="How you lead.",
        intended_use=("A talk.",),
        not_for=("Pay.",),
        method=("The sum of the points. It is a convention.",),
        perspectives={
            perspective: PerspectiveTexts(title="t", welcome="w", closing="c")
            for perspective in definition.questionnaire.perspectives
        },
        options={},
        items=items,
        styles={
            style: StyleTexts(
                name=name,
                about=f"{name} is this.",
                strengths=f"{name} gives this.",
                overuse=f"{name} in excess.",
                needed=f"{name} is needed here.",
                practise=tuple(f"Practise {name} {n}." for n in (1, 2, 3)),
            )
            for style, name in NAMES.items()
        },  # type: ignore[misc]
        patterns={
            pattern: PatternTexts(
                headline=f"Pattern {pattern}",
                meaning=f"Meaning of {pattern}.",
                next=tuple(f"Step {n} of {pattern}." for n in (1, 2, 3)),
            )
            for pattern in (
                "flexible-and-fitting",
                "flexible-not-fitting",
                "narrow-and-fitting",
                "narrow-not-fitting",
            )
        },  # type: ignore[misc]
        leanings={
            leaning: LeaningTexts(
                name=f"Leaning {leaning}",
                about=f"About {leaning}.",
                meaning=f"Meaning of {leaning}.",
                next=tuple(f"Against {leaning} {n}." for n in (1, 2, 3)),
            )
            for leaning in ("over-leading", "under-leading", "fitting")
        },  # type: ignore[misc]
        match={
            level: MatchTexts(
                fitting=f"{{first_name}} {level} fits in {{job_area}}.",
                question=f"{{first_name}}, {level} in {{job_area}}?",
                too_tight="" if level == "M1" else f"{{first_name}} {level} too tight.",
                too_loose="" if level == "M4" else f"{{first_name}} {level} too loose.",
            )
            for level in LEVELS
        },  # type: ignore[misc]
    )


def worded(definition: Definition) -> Definition:
    """A definition with words in three languages."""
    questionnaire = msgspec.structs.replace(definition.questionnaire, languages=LANGUAGES)
    return Definition(
        questionnaire=questionnaire, texts={lang: texts(lang, definition) for lang in LANGUAGES}
    )


LEADERSHIP = worded(leadership())


def wordless(definition: Definition = LEADERSHIP) -> Definition:
    """The same of a third party that wrote nothing about styles, patterns, leanings and the match."""
    bare: dict[str, Any] = {"styles": {}, "patterns": {}, "leanings": {}, "match": {}}
    return msgspec.structs.replace(
        definition,
        texts={lang: msgspec.structs.replace(found, **bare) for lang, found in definition.texts.items()},
    )


def leader(styles: str, of: Definition = LEADERSHIP) -> Profile:
    """The profile of a leader who chose these styles in situation 1, 2, …; "-" is not answered."""
    return make_profile(of, "self", choices(styles))


def view_of(styles: str, **options: Any) -> LeaderView:
    """The view of such a leader, in English unless told otherwise."""
    definition = options.pop("definition", LEADERSHIP)
    settings: dict[str, Any] = {
        "language": "en",
        "first_name": "Karen",
        "last_name": "Bjerregaard",
        "today": date(2026, 11, 21),
    }
    return leader_view(definition, leader(styles, definition), **(settings | options))


# --- the people who are led --------------------------------------------------------------------------


def maturity_with_wishes() -> Definition:
    plain = maturity()
    questionnaire = plain.questionnaire
    assert questionnaire.classification is not None
    return msgspec.structs.replace(
        plain,
        questionnaire=msgspec.structs.replace(
            questionnaire,
            options=questionnaire.options | {"wish": OptionSet(choices=("less", "as-now", "more"))},
            items=(
                *questionnaire.items,
                *(ChoiceItem(id=item, options="wish", reason="…", optional=True) for item in WISHES.values()),
            ),
            classification=msgspec.structs.replace(questionnaire.classification, wishes=WISHES),
        ),
    )


MATURITY = maturity_with_wishes()


def seen(perspective: Any, *probabilities: float, wishes: str = "") -> Profile:
    """A profile with these probabilities of M1…M4; `wishes`: a digit for each style, 1 less … 3 more."""
    profile = make_profile(MATURITY, perspective, {})
    levels: Any = dict(zip(LEVELS, probabilities, strict=True))
    best = max(levels, key=lambda level: levels[level])
    given = {item: int(digit) for item, digit in zip(WISHES.values(), wishes, strict=False)}
    return msgspec.structs.replace(
        profile,
        given=profile.given | given,
        classification=ClassificationResult(
            name="ability-and-willingness",
            probabilities=levels,
            level=best,
            probability=levels[best],
            borderline=levels[best] < 0.7,
            mixed=(),
            called_for={},
        ),
    )


def match_of(
    styles: str,
    manager: tuple[float, ...],
    own: tuple[float, ...] | None = None,
    wishes: str = "",
    of: Definition = LEADERSHIP,
) -> Match:
    """The match of a leader with an employee whom the two see with these probabilities of M1…M4."""
    scoring, style = of.questionnaire.scoring, leader(styles, of).styles
    assert isinstance(scoring, Situations)
    assert style is not None
    found = match(
        style,
        scoring,
        MATURITY.questionnaire,
        seen("self", *own, wishes=wishes) if own else None,
        seen("manager", *manager),
        0.9,
    )
    assert found is not None
    return found


def entry(name: str, job_area: str, found: Match) -> MatchEntry:
    return MatchEntry(name=name, first_name=name.split(maxsplit=1)[0], job_area=job_area, match=found)


def people(styles: str, of: Definition = LEADERSHIP) -> list[MatchEntry]:
    """Eight person-areas, in no order: agreeing and not, seen by one and by two, with and without wishes."""

    def one(
        name: str,
        area: str,
        manager: tuple[float, ...],
        own: tuple[float, ...] | None = None,
        wishes: str = "",
    ) -> MatchEntry:
        return entry(name, area, match_of(styles, manager, own, wishes, of))

    return [
        one("Åse Lindgren", "Kassen", (0.02, 0.1, 0.18, 0.7), (0.05, 0.05, 0.2, 0.7), "2223"),
        one("Amina Holm", "Surdejsbrød", (0.01, 0.03, 0.86, 0.1), (0.02, 0.03, 0.8, 0.15), "1232"),
        one("Amina Holm", "Bestilling af varer", (0.1, 0.62, 0.1, 0.18)),
        one("Bo Kjærgaard", "Kassen", (0.8, 0.12, 0.07, 0.01), (0.15, 0.6, 0.05, 0.2), "2222"),
        one("Christian Bartholomæus-Smith", "Modtagelse og kontrol af varer", (0.05, 0.9, 0.01, 0.04)),
        one("Dorthe Vang", "Rugbrød", (0.02, 0.02, 0.06, 0.9)),
        one("Yusuf Demir", "Rugbrød", (0.02, 0.1, 0.08, 0.8), (0.3, 0.5, 0.1, 0.1), "2322"),
        one("Erik Øst", "Kassen", (0.88, 0.1, 0.01, 0.01), (0.9, 0.08, 0.01, 0.01), "3221"),
    ]


def raters(styles: str, *sheets: str, of: Definition = LEADERSHIP) -> RaterGroup:
    """Direct reports who expect these styles in the situations they are asked about."""
    return rater_group(of, leader(styles, of), [choices(sheet[:12]) for sheet in sheets])


FIVE_WHO_SEE_S1 = ("1" * 12, "1" * 12, "1" * 11 + "2", "1" * 12, "1" * 12)
