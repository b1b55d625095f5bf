"""Which questions a talk gets: a table of cases, one line for each rule and each refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import pytest
from msgspec import structs

from assess.measurement.profile_change import ScaleChange
from assess.scoring.results import (
    ClassificationResult,
    Comparison,
    PrecisionRecord,
    Profile,
    ScaleDifference,
    ScaleResult,
)
from assess.talks.question_rules import RULES, QuestionFacts, side_of
from assess.talks.questions import ChosenQuestion, choose
from questionnaires.library import question_banks
from questionnaires.question_bank import BankQuestion
from questionnaires.terms import BandId, LevelId, PerspectiveId

BANK = question_banks().banks["talk-questions"]
TECHNICAL = ("knowledge", "skill", "experience", "judgement")
PSYCHOLOGICAL = ("will", "responsibility", "relations", "energy")
FACETS = (*TECHNICAL, *PSYCHOLOGICAL)
MIDDLE: dict[str, float | None] = {}
HIGH: dict[str, float | None] = dict.fromkeys(FACETS, 4.5)
NOTHING: dict[str, float | None] = dict.fromkeys(FACETS)
LEVELS: tuple[LevelId, ...] = ("M1", "M2", "M3", "M4")


def band_of(score: float) -> BandId:
    return "low" if score < 2.5 else "middle" if score < 3.5 else "high"


def result(scale: str, score: float | None) -> ScaleResult:
    band = None if score is None else band_of(score)
    return ScaleResult(
        id=scale,
        score=score,
        answered=4,
        asked=4,
        min_answered=3,
        sem=0.4,
        low=None,
        high=None,
        lo=1,
        hi=5,
        band=band,
    )


def profile(
    scores: Mapping[str, float | None] = MIDDLE,
    perspective: PerspectiveId = "self",
    *,
    borderline: bool = False,
    mixed: tuple[str, ...] = (),
) -> Profile:
    """Scores by scale; a facet that is not named has 3.0, exactly in the middle."""
    every = {**dict.fromkeys(FACETS, 3.0), "psychological": 4.0, **scores}
    return Profile(
        questionnaire_id="job-maturity",
        questionnaire_version="1.1.0",
        content_hash="0" * 64,
        engine_version="1",
        record=PrecisionRecord(id="file", source="provisional", values={}),
        perspective=perspective,
        short_form=None,
        interval=0.9,
        scales=tuple(result(scale, score) for scale, score in every.items()),
        classification=ClassificationResult(
            name="ability-and-willingness",
            probabilities=dict.fromkeys(LEVELS, 0.25),
            level="M4",
            probability=0.5 if borderline else 0.9,
            borderline=borderline,
            mixed=mixed,
            called_for={},
        ),
        given={},
    )


def managers(scores: Mapping[str, float | None] = MIDDLE, *, borderline: bool = False) -> Profile:
    return profile(scores, "manager", borderline=borderline)


def managers_at(level: LevelId) -> Profile:
    """A rating whose nearest level is another one; every other profile here is at M4."""
    found = managers()
    assert found.classification is not None
    return structs.replace(found, classification=structs.replace(found.classification, level=level))


def agreeing(agreement: float, **differences: float | None) -> Comparison:
    """A comparison with that agreement on the need; advice from a half on."""
    return structs.replace(differing(**differences), agreement=agreement, advice_allowed=agreement >= 0.5)


def differing(**differences: float | None) -> Comparison:
    """own − manager by facet; beyond error from one whole point on."""
    return Comparison(
        scales=tuple(
            ScaleDifference(
                id=scale,
                own=None,
                other=None,
                difference=difference,
                low=None,
                high=None,
                beyond_error=difference is not None and abs(difference) > 1,
            )
            for scale, difference in differences.items()
        ),
        agreement=None,
        advice_allowed=False,
    )


def moved(**differences: float | None) -> tuple[ScaleChange, ...]:
    """A change since the wave before; real beyond one point."""
    return tuple(
        ScaleChange(
            id=scale,
            before=None,
            after=None,
            difference=difference,
            low=None,
            high=None,
            verdict=None if difference is None else "real" if abs(difference) > 1 else "may-be-noise",
        )
        for scale, difference in differences.items()
    )


def asked(chosen: tuple[ChosenQuestion, ...]) -> list[str]:
    """What was chosen between the opening and the closing question: `scale pattern`, or the pattern."""
    return [f"{q.scale} {q.pattern}" if q.scale else q.pattern for q in chosen[1:-1]]


@dataclass
class Given:
    """One line of the table."""

    facts: QuestionFacts
    expect: list[str]
    most: int = 5


CASES: dict[str, Given] = {
    "the largest difference beyond error comes first, whichever way it goes": Given(
        QuestionFacts(profile(), managers(), differing(will=1.2, skill=-1.6, energy=0.9, knowledge=1.4)),
        ["skill manager-higher", "knowledge own-higher", "will own-higher"],
    ),
    "a difference within error is no difference": Given(
        QuestionFacts(profile(HIGH), managers(HIGH), differing(will=0.9)),
        ["knowledge both-high", "skill both-high", "experience both-high"],
    ),
    "a real change comes after differences and before everything else": Given(
        QuestionFacts(
            profile({"knowledge": 1.5}),
            managers({"knowledge": 1.5}),
            differing(skill=1.3),
            own_changes=moved(experience=1.5, judgement=-1.8),
        ),
        ["skill own-higher", "judgement fell", "experience rose"],
    ),
    "a change that may be noise gets no question": Given(
        QuestionFacts(profile(HIGH), own_changes=moved(will=-0.9, skill=0.9)),
        ["knowledge high", "skill high", "experience high"],
    ),
    "views that have moved in opposite directions are no change of the person's": Given(
        QuestionFacts(
            profile(HIGH), own_changes=moved(skill=-1.5, will=1.5), manager_changes=moved(skill=1.5)
        ),
        ["will rose", "knowledge high", "skill high"],
    ),
    "low in both views: the lowest first": Given(
        QuestionFacts(
            profile({"skill": 2.0, "knowledge": 1.5, "experience": 2.0}),
            managers({"skill": 2.0, "knowledge": 2.0}),
        ),
        ["knowledge both-low", "skill both-low", "experience both-low"],
    ),
    "low in the only view there is": Given(
        QuestionFacts(manager=managers(HIGH | {"skill": 2.0})),
        ["skill low", "knowledge high", "experience high"],
    ),
    "a facet without a score gets no question, though the other view has one": Given(
        QuestionFacts(
            profile(HIGH | {"knowledge": None, "skill": 1.5}),
            managers(HIGH | {"skill": None}),
        ),
        ["experience both-high", "judgement both-high", "will both-high"],
    ),
    "a mixed domain, then a level on the border, then what is in the middle": Given(
        QuestionFacts(profile(mixed=("technical",), borderline=True)),
        ["technical mixed", "between-needs", "knowledge low"],
    ),
    "the manager's view says whether the level is on the border": Given(
        QuestionFacts(profile(HIGH, borderline=True), managers(HIGH)),
        ["knowledge both-high", "skill both-high", "experience both-high"],
    ),
    "frames come before a low psychological facet": Given(
        QuestionFacts(profile(HIGH | {"energy": 2.0})),
        ["frames", "energy low", "knowledge high"],
    ),
    "frames come also where the psychological domain is low and no facet stands out": Given(
        QuestionFacts(profile(HIGH | {"psychological": 3.2})),
        ["frames", "knowledge high", "skill high"],
    ),
    "frames come also where a psychological facet has fallen": Given(
        QuestionFacts(profile(HIGH), own_changes=moved(will=-1.4)),
        ["frames", "will fell", "knowledge high"],
    ),
    "a second question about frames where several are low, and no more": Given(
        QuestionFacts(profile({"will": 2.0, "energy": 2.0, "relations": 2.0, "psychological": 2.4})),
        ["frames", "frames", "will low"],
    ),
    "a strength keeps the last place where there is room": Given(
        QuestionFacts(
            profile({"knowledge": 1.5, "skill": 1.6, "experience": 1.7, "judgement": 1.8, "will": 4.5}),
        ),
        ["knowledge low", "skill low", "experience low", "will high"],
        most=6,
    ),
    "where little stands out general questions fill up to the usual number": Given(
        QuestionFacts(profile(NOTHING | {"knowledge": 4.0})),
        ["knowledge high", "no-questionnaire", "no-questionnaire", "no-questionnaire"],
        most=10,
    ),
    "no score at all": Given(
        QuestionFacts(profile(NOTHING | {"psychological": None})),
        ["no-questionnaire"] * 6,
        most=8,
    ),
    "views that probably mean different needs come before everything else": Given(
        QuestionFacts(profile(), managers_at("M1"), agreeing(0.09, skill=1.5)),
        ["between-needs", "skill own-higher", "knowledge both-low"],
    ),
    "views with the same nearest need do not differ in it, though it is not certain": Given(
        QuestionFacts(profile(HIGH), managers(HIGH), agreeing(0.45, skill=1.5)),
        ["skill own-higher", "knowledge both-high", "experience both-high"],
    ),
    "where both agree enough for advice a border is no question": Given(
        QuestionFacts(profile(HIGH), managers(HIGH, borderline=True), agreeing(0.52)),
        ["knowledge both-high", "skill both-high", "experience both-high"],
    ),
    "two places are an opening and a closing": Given(QuestionFacts(profile()), [], most=2),
}


@pytest.mark.parametrize("name", CASES)
def test_the_table_of_cases(name: str) -> None:
    given = CASES[name]
    assert asked(choose(BANK, [given.facts], most=given.most)) == given.expect


def test_a_talk_without_any_questionnaire_has_general_questions() -> None:
    chosen = choose(BANK, [], most=7)
    assert [q.pattern for q in chosen] == ["opening", *["no-questionnaire"] * 5, "closing"]
    assert all(q.scale is None and q.area_id == "" for q in chosen)


@pytest.mark.parametrize("most", range(2, 21))
def test_never_more_than_asked_for_always_an_opening_and_a_closing_and_no_question_twice(most: int) -> None:
    facts = [
        QuestionFacts(
            profile({"will": 1.5}), managers({"skill": 1.2}), differing(energy=2.0), area_id=f"area-{n}"
        )
        for n in range(3)
    ]
    chosen = choose(BANK, facts, most=most)
    assert len(chosen) <= most
    assert (chosen[0].pattern, chosen[-1].pattern) == ("opening", "closing")
    assert len({q.id for q in chosen}) == len(chosen)


def test_fewer_than_two_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        choose(BANK, [], most=1)


TWO_AREAS = (
    QuestionFacts(profile(HIGH), managers(HIGH), differing(skill=2.0, will=1.5), area_id="till"),
    QuestionFacts(profile(HIGH), managers(HIGH), differing(skill=1.9, energy=1.4), area_id="stock"),
)


def test_several_job_areas_get_different_facets_before_a_facet_comes_twice() -> None:
    once_more = BankQuestion(id="skill-own-higher-2", pattern="own-higher", scale="skill")
    richer = structs.replace(BANK, questions=(*BANK.questions, once_more))
    chosen = choose(richer, TWO_AREAS, most=7)
    assert [(q.area_id, q.scale) for q in chosen[1:-2]] == [
        ("till", "skill"),
        ("till", "will"),
        ("stock", "energy"),
        ("stock", "skill"),
    ]


def test_a_question_is_asked_once_though_two_job_areas_call_for_it() -> None:
    chosen = choose(BANK, TWO_AREAS, most=6)
    assert [(q.area_id, q.scale) for q in chosen[1:-2]] == [
        ("till", "skill"),
        ("till", "will"),
        ("stock", "energy"),
    ]
    assert chosen[-2].pattern == "both-high"


def test_the_next_talk_gets_the_next_questions() -> None:
    talks = [choose(BANK, [], most=4, turn=turn) for turn in range(3)]
    for before, after in pairwise(talks):
        assert before[0] != after[0]
        assert before[-1] != after[-1]
        assert before[1:-1] != after[1:-1]


def test_the_person_asks_in_the_own_voice() -> None:
    facts = QuestionFacts(profile(), managers(), differing(skill=1.5, will=-1.5))
    mine = choose(BANK, [facts], asker="person", most=6)
    askers = {question.id: question.ask for question in BANK.questions}
    assert {askers[q.id] for q in mine} <= {"person", "both"}
    assert [q.scale for q in mine if q.reason == "views-differ"] == ["skill", "will"]
    assert not {q.id for q in mine if askers[q.id] == "person"} & {q.id for q in choose(BANK, [facts])}


def test_the_same_facts_always_give_the_same_questions() -> None:
    facts = [QuestionFacts(profile({"will": 2.0}), managers(), differing(skill=1.5))]
    assert choose(BANK, facts) == choose(BANK, facts)


def test_a_questionnaire_that_the_bank_does_not_know_gets_general_questions() -> None:
    own = profile(NOTHING | {"psychological": None, "courage": 4.5})
    assert asked(choose(BANK, [QuestionFacts(own)], most=6)) == ["no-questionnaire"] * 4


@pytest.mark.parametrize(
    ("score", "lo", "hi", "expected"),
    [(2.4, 1, 5, "low"), (2.5, 1, 5, "middle"), (3.5, 1, 5, "high"), (3, 0, 10, "low"), (7, 0, 10, "high")],
)
def test_a_scale_without_bands_is_cut_where_ours_are(
    score: float, lo: float, hi: float, expected: str
) -> None:
    """2.5 and 3.5 from 1 to 5 are 37.5 and 62.5 percent of the range."""
    plain = ScaleResult(
        id="x",
        score=score,
        answered=1,
        asked=1,
        min_answered=1,
        sem=None,
        low=None,
        high=None,
        lo=lo,
        hi=hi,
        band=None,
    )
    assert side_of(plain) == expected


def test_every_rule_has_a_question_of_ours_to_give() -> None:
    """For every facet and every pattern of one scale, so that no rule finds the shelf empty."""
    given = {(q.pattern, q.scale) for q in BANK.questions if q.ask != "person"}
    of_a_facet = ("both-low", "both-high", "own-higher", "manager-higher", "low", "high", "rose", "fell")
    assert {(pattern, facet) for pattern in of_a_facet for facet in FACETS} <= given
    assert len({reason for reason, _ in RULES}) == len(RULES)
