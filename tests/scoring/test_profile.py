from __future__ import annotations

import msgspec
import pytest
from example_definitions import everything, maturity, maturity_items, plain_scale, situations

from assess.scoring import kinds
from assess.scoring.profile import make_profile, make_profiles
from assess.scoring.results import ENGINE_VERSION, PrecisionRecord, Profile
from assess.scoring.tally import BadAnswers
from questionnaires.definition import Precision, RatingScales, content_hash


def test_a_profile_by_hand() -> None:
    # Everything keyed 4 but knowledge keyed 5 5 5 3 (position 3 on the reversed item): 18 / 4 = 4.5;
    # technical (18 + 48) / 16 = 4.125; psychological 4.
    answers = everything(4) | {"knowledge-1": 5, "knowledge-2": 5, "knowledge-3": 5, "knowledge-4": 3}
    profile = make_profile(maturity(), "self", answers)
    knowledge, technical = profile.scale("knowledge"), profile.scale("technical")
    assert (knowledge.score, knowledge.answered, knowledge.asked, knowledge.min_answered) == (4.5, 4, 4, 3)
    assert knowledge.sem == pytest.approx(0.30)
    assert knowledge.low == pytest.approx(4.5 - 1.644854 * 0.30, abs=1e-6)
    assert knowledge.high == pytest.approx(4.993456, abs=1e-6)
    assert knowledge.band == "high"
    assert technical.score == 4.125
    assert technical.sem == pytest.approx(0.20)
    assert technical.band is None
    assert profile.scale("psychological").score == 4.0
    found = profile.classification
    assert found is not None
    # z = .625/.2 = 3.125 and .5/.2 = 2.5: Φ .99911 and .99379
    assert found.level == "M4"
    assert found.probability == pytest.approx(0.99911 * 0.99379, abs=1e-5)
    assert found.called_for["S4"] == found.probability
    assert (found.borderline, found.mixed, found.name) == (False, (), "ability-and-willingness")
    assert sum(found.probabilities.values()) == pytest.approx(1)


def test_without_a_level_it_is_not_known_whether_it_is_borderline() -> None:
    gaps = {item: None if item.startswith("will") else given for item, given in everything(4).items()}
    few = make_profile(maturity(), "self", gaps | {"energy-1": None})
    assert few.classification is not None
    assert (few.classification.level, few.classification.borderline) == (None, None)


def test_a_profile_carries_all_that_is_needed_to_make_it_again() -> None:
    definition = maturity()
    answers = everything(3) | {"remark": "fine", "tenure": 2, "will-1": 0, "will-2": None}
    profile = make_profile(definition, "self", answers)
    assert profile.content_hash == content_hash(definition)
    assert profile.engine_version == ENGINE_VERSION
    assert profile.record.id == "provisional"
    assert (profile.questionnaire_id, profile.questionnaire_version) == ("maturity", "1.0")
    assert list(profile.given) == [*maturity_items(), "tenure", "remark"]
    assert (profile.given["remark"], profile.given["will-1"], profile.given["will-2"]) == ("fine", 0, None)
    again = make_profile(definition, profile.perspective, profile.given, record=profile.record)
    assert again == profile


def test_a_profile_goes_to_json_and_back_unchanged() -> None:
    profile = make_profile(maturity(), "self", everything(2) | {"energy-1": None})
    assert msgspec.json.decode(msgspec.json.encode(profile), type=Profile) == profile


def test_one_alone_is_the_same_in_a_crowd() -> None:
    crowd = [
        everything(position) | {"skill-2": number % 6}
        for number, position in enumerate([1, 2, 3, 4, 5] * 300)
    ]
    profiles = make_profiles(maturity(), "self", crowd)
    for number in (0, 1, 2, 7, 1499):
        assert make_profile(maturity(), "self", crowd[number]) == profiles[number]


def test_a_short_form_has_root_two_times_the_error_of_its_domains() -> None:
    answers = {
        item: value
        for item, value in everything(4).items()
        if item.split("-")[0] in {"knowledge", "skill", "will", "responsibility"}
    }
    profile = make_profile(maturity(), "self", answers, short_form="second-area")
    assert profile.short_form == "second-area"
    technical = profile.scale("technical")
    assert (technical.asked, technical.min_answered) == (8, 6)
    assert technical.sem == pytest.approx(0.20 * 2**0.5)
    assert profile.scale("will").sem == pytest.approx(0.30)
    with pytest.raises(KeyError):
        profile.scale("energy")
    assert profile.classification is not None
    assert profile.classification.level == "M4"


def test_a_short_form_has_its_own_minimum() -> None:
    kept = {"knowledge": 4, "skill": 2, "will": 4, "responsibility": 1}
    answers = {
        item: value for item, value in everything(4).items() if int(item[-1]) <= kept.get(item[:-2], 0)
    }
    profile = make_profile(maturity(), "self", answers, short_form="second-area")
    assert profile.scale("technical").score == 4.0  # 6 of 8
    assert profile.scale("psychological").score is None  # 5 of 8
    assert profile.scale("psychological").sem is None
    assert profile.classification is not None
    assert profile.classification.level is None
    assert profile.classification.probability is None
    assert profile.classification.probabilities == {}
    assert profile.classification.called_for == {}


def test_intervals_are_clipped_to_the_scale_but_the_error_is_kept() -> None:
    will = make_profile(maturity(), "self", everything(5)).scale("will")
    assert (will.high, will.hi) == (5.0, 5.0)
    assert will.low == pytest.approx(5 - 1.644854 * 0.30, abs=1e-6)
    assert will.sem == pytest.approx(0.30)


def test_bands_include_their_lower_cut() -> None:
    def band(*keyed: int) -> str | None:
        answers = dict(zip(("will-1", "will-2", "will-3"), keyed, strict=False)) | {"will-4": 6 - keyed[3]}
        return make_profile(maturity(), "self", answers).scale("will").band

    assert band(2, 2, 3, 2) == "low"  # 2.25
    assert band(2, 3, 3, 2) == "middle"  # 2.5
    assert band(3, 3, 4, 3) == "middle"  # 3.25
    assert band(4, 3, 4, 3) == "high"  # 3.5


def test_each_perspective_has_its_own_precision() -> None:
    own = make_profile(maturity(), "self", everything(3)).scale("will").sem
    other = make_profile(maturity(), "manager", everything(3)).scale("will").sem
    assert (own, other) == (pytest.approx(0.30), pytest.approx(0.60))


def test_a_local_record_is_used_where_it_is_wider_and_is_named() -> None:
    record = PrecisionRecord(
        id="2027-01",
        source="local",
        values={"will": Precision(reliability=0.36, sd=1.0), "energy": Precision(reliability=0.99, sd=0.5)},
    )
    profile = make_profile(maturity(), "self", everything(3), record=record)
    assert profile.scale("will").sem == pytest.approx(0.80)
    assert profile.scale("energy").sem == pytest.approx(0.30)
    assert (profile.record.id, profile.record.source) == ("2027-01", "local")


def test_a_questionnaire_without_classification_or_precision_has_neither() -> None:
    profile = make_profile(plain_scale((1, 2, 3), 2), "self", {"i1": 3, "i2": 3})
    assert profile.classification is None
    assert profile.scale("s").score == 2.0
    assert profile.scale("s").sem is None
    assert profile.scale("s").low is None


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ({"will-1": 6}, "will-1"),
        ({"will-1": -1}, "will-1"),
        ({"will-1": "3"}, "will-1"),
        ({"will-1": True}, "will-1"),
        ({"tenure": 3}, "tenure"),
        ({"remark": 3}, "remark"),
        ({"remark": "x" * 21}, "remark"),
        ({"nowhere": 1}, "nowhere"),
    ],
)
def test_an_impossible_answer_is_refused_naming_its_item_but_not_itself(
    answers: dict[str, int | str | None], named: str
) -> None:
    with pytest.raises(BadAnswers, match=named) as caught:
        make_profiles(maturity(), "self", [{}, answers])
    assert "respondent number 2" in str(caught.value)
    assert "xxx" not in str(caught.value)


def test_a_kind_that_is_not_in_the_table_is_not_scored_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    only = {RatingScales: kinds.SCORING_KINDS[RatingScales]}
    monkeypatch.setattr(kinds, "SCORING_KINDS", only)
    with pytest.raises(kinds.UnknownScoringKind, match="style has scoring of kind situations"):
        make_profile(situations(), "self", {"situation-1": 2})


def test_a_stored_questionnaire_keeps_the_hash_that_it_is_stored_under() -> None:
    assert make_profile(maturity(), "self", everything(2), digest="f00").content_hash == "f00"
