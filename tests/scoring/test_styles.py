from __future__ import annotations

import msgspec
import pytest
from example_definitions import STYLES, choices, leadership, maturity

from assess.scoring.kinds import SCORING_KINDS
from assess.scoring.profile import make_profile, make_profiles
from assess.scoring.results import Profile
from assess.scoring.style_posterior import PRIOR, leading_interval, most_used, share_interval
from assess.scoring.style_results import StylesResult
from assess.scoring.tally import BadAnswers
from questionnaires.definition import Definition, RatingScales, Situations

HAND_WORKED = "12341133222412443332"
"""Worked out in test_situations.py: S1–S4 used 4 6 6 4 times, flexibility 26, weights 68."""


def styles(chosen: str, perspective: str = "self", what: Definition | None = None) -> StylesResult:
    found = make_profile(what or leadership(), perspective, choices(chosen)).styles  # type: ignore[arg-type]
    assert found is not None
    return found


def with_scoring(**parts: object) -> Definition:
    scoring = leadership().questionnaire.scoring
    return leadership(scoring=msgspec.structs.replace(scoring, **parts))


def test_the_uses_of_a_leader_worked_out_by_hand() -> None:
    found = styles(HAND_WORKED)
    assert (found.answered, found.asked, found.min_answered) == (20, 20, 16)
    assert [(use.style, use.count, use.share, use.rank) for use in found.uses] == [
        ("S1", 4, 0.2, "secondary"),
        ("S2", 6, 0.3, "primary"),
        ("S3", 6, 0.3, "primary"),
        ("S4", 4, 0.2, "secondary"),
    ]
    assert found.primary == ("S2", "S3")
    assert (found.uses[1].low, found.uses[1].high) == share_interval(6, 20, 4, 0.90)
    assert tuple(use.most_used for use in found.uses) == most_used((4, 6, 6, 4))


def test_the_scores_of_a_leader_worked_out_by_hand() -> None:
    found = styles(HAND_WORKED)
    assert found.flexibility is not None
    assert found.effectiveness is not None
    assert (found.flexibility.score, found.flexibility.rescaled) == (26, False)
    # P(26 or more) for 20 random choices, counted in test_style_chance.py.
    assert found.flexibility.chance.at_least == pytest.approx(0.370, abs=0.0005)
    effect = found.effectiveness
    assert (effect.score, effect.lowest, effect.highest) == (68, 20, 80)
    assert (effect.chance.mean, effect.chance.sd) == (50, 5)
    assert effect.blind.mean == pytest.approx(51.5)
    # (68 − 51.5) / 4.6 is three and a half SDs above.
    assert effect.blind.at_least < 0.001
    assert found.fit == 3.4
    assert found.pattern == "flexible-and-fitting"


def test_the_table_and_the_indices_of_a_leader_worked_out_by_hand() -> None:
    found = styles(HAND_WORKED)
    assert [(row.level, row.answered, tuple(row.counts.values())) for row in found.table] == [
        ("M1", 5, (3, 1, 1, 0)),
        ("M2", 5, (1, 3, 1, 0)),
        ("M3", 5, (0, 1, 3, 1)),
        ("M4", 5, (0, 1, 1, 3)),
    ]
    assert found.table[0].posterior == {"S1": 3 + PRIOR, "S2": 1 + PRIOR, "S3": 1 + PRIOR, "S4": PRIOR}
    over, under = found.leading
    assert (over.id, over.count, over.possible, over.share) == ("over-leading", 4, 15, 4 / 15)
    assert (under.id, under.count, under.possible, under.share) == ("under-leading", 4, 15, 4 / 15)
    assert (over.low, over.high) == leading_interval(4, 15, 0.90)


def test_always_the_same_style_scores_sixty_and_is_no_evidence_of_fit() -> None:
    found = styles("2" * 20)
    assert found.effectiveness is not None
    assert found.flexibility is not None
    assert found.effectiveness.score == 60
    assert found.effectiveness.chance.at_least < 0.05  # against chance it would look like a finding
    assert (found.effectiveness.blind.mean, found.effectiveness.blind.sd) == (60, 0)
    assert found.effectiveness.blind.at_least == 1
    assert (found.flexibility.score, found.flexibility.chance.at_least) == (0, 1)
    assert (found.primary, found.pattern) == (("S2",), "narrow-not-fitting")
    # S2 is tighter than called for in M3 and M4, looser in M1; it fits M2.
    assert [(index.count, index.possible) for index in found.leading] == [(10, 15), (5, 15)]


def test_all_styles_alike_is_full_flexibility_whether_they_fit_or_not() -> None:
    fitting, not_fitting = styles("1234" * 5), styles("3412" * 5)
    for found in (fitting, not_fitting):
        assert found.flexibility is not None
        assert found.flexibility.score == 30
        assert found.primary == STYLES
    assert fitting.pattern == "flexible-and-fitting"
    assert not_fitting.pattern == "flexible-not-fitting"
    assert not_fitting.effectiveness is not None
    assert not_fitting.effectiveness.blind.at_least > 0.9


def test_few_styles_that_follow_the_situation_are_narrow_and_fitting() -> None:
    assert styles("2233" * 5).pattern == "narrow-and-fitting"


def test_the_file_says_what_counts_as_flexible_and_as_evidence() -> None:
    assert styles(HAND_WORKED, what=with_scoring(flexible_from=26.0)).pattern == "flexible-and-fitting"
    assert styles(HAND_WORKED, what=with_scoring(flexible_from=26.5)).pattern == "narrow-and-fitting"
    assert styles(HAND_WORKED, what=with_scoring(evidence_below=1e-9)).pattern == "flexible-not-fitting"


def test_the_file_says_how_often_a_secondary_style_is_used() -> None:
    ranks = [use.rank for use in styles("1" * 11 + "2" * 5 + "3333").uses]
    assert ranks == ["primary", "secondary", "secondary", "developing"]
    of_five = styles("1" * 11 + "2" * 5 + "3333", what=with_scoring(secondary_from=5)).uses
    assert [use.rank for use in of_five] == ["primary", "secondary", "developing", "developing"]


def test_missing_situations_are_left_out_of_every_figure() -> None:
    found = styles("1234123412341234--3-")
    assert (found.answered, found.asked) == (17, 20)
    assert [use.count for use in found.uses] == [4, 4, 5, 4]
    assert [row.answered for row in found.table] == [4, 4, 5, 4]
    assert found.flexibility is not None
    assert found.effectiveness is not None
    # |4 − 4.25|·3 + |5 − 4.25| = 1.5; 30 − 1.5·20/17
    assert found.flexibility.score == pytest.approx(30 - 30 / 17)
    assert found.flexibility.rescaled
    assert (found.effectiveness.score, found.effectiveness.lowest, found.effectiveness.highest) == (
        68,
        17,
        68,
    )
    assert found.effectiveness.chance.mean == 42.5
    assert found.fit == 4
    assert [(index.count, index.possible) for index in found.leading] == [(0, 13), (0, 13)]


def test_without_a_rule_for_missing_situations_there_is_neither_flexibility_nor_pattern() -> None:
    found = styles("1234" * 4 + "123-", what=with_scoring(flexibility_when_missing=None))
    assert (found.flexibility, found.pattern) == (None, None)
    assert found.effectiveness is not None
    assert found.effectiveness.score == 76


def test_below_the_minimum_nothing_is_scored() -> None:
    assert styles("1234" * 3 + "123-" + "----") == StylesResult(answered=15, asked=20, min_answered=16)
    assert styles("") == StylesResult(answered=0, asked=20, min_answered=16)


def test_a_form_of_some_situations_has_uses_table_and_fit_but_neither_score() -> None:
    found = styles("123412341223", "direct-report")
    assert (found.answered, found.asked, found.min_answered) == (12, 12, 10)
    assert (found.flexibility, found.effectiveness, found.pattern) == (None, None, None)
    assert [use.count for use in found.uses] == [3, 4, 3, 2]
    # Ten choices fit; the last two are S2 where M3, and S3 where M4 called for one style looser.
    assert found.fit == pytest.approx((4 * 10 + 3 + 3) / 12)
    assert [(index.count, index.possible) for index in found.leading] == [(2, 9), (0, 9)]
    assert styles("123412341---", "direct-report").uses == ()


def test_an_index_without_a_situation_where_it_could_show_is_not_known() -> None:
    only_m1 = leadership()
    items = tuple(item for item in only_m1.questionnaire.items if item.id in {"sit-1", "sit-5", "sit-9"})
    what = msgspec.structs.replace(with_scoring(min_answered=1).questionnaire, items=items, perspectives={})
    what = msgspec.structs.replace(what, perspectives=leadership().questionnaire.perspectives)
    found = make_profile(Definition(questionnaire=what, texts={}), "self", {"sit-1": 2, "sit-5": 1}).styles
    assert found is not None
    over, under = found.leading
    assert (over.count, over.possible, over.share, over.low, over.high) == (0, 0, None, None, None)
    assert (under.count, under.possible) == (1, 2)
    assert [row.answered for row in found.table] == [2, 0, 0, 0]


def test_the_interval_is_the_questionnaires_own() -> None:
    wide = styles(HAND_WORKED, what=leadership(interval=0.99)).uses[0]
    assert (wide.low, wide.high) == share_interval(4, 20, 4, 0.99)


def test_a_profile_of_styles_has_no_scales_and_goes_to_json_and_back_unchanged() -> None:
    profile = make_profile(leadership(), "self", choices(HAND_WORKED))
    assert (profile.scales, profile.classification) == ((), None)
    assert profile.given["sit-6"] == 4  # S1 is the last action of sit-6
    assert msgspec.json.decode(msgspec.json.encode(profile), type=Profile) == profile


def test_a_profile_of_scales_has_no_styles() -> None:
    assert make_profile(maturity(), "self", {}).styles is None


def test_one_alone_is_the_same_in_a_crowd() -> None:
    crowd = [choices(HAND_WORKED), choices("2" * 20), {}, choices("1234" * 4)]
    profiles = make_profiles(leadership(), "self", crowd)
    assert profiles == tuple(make_profile(leadership(), "self", sheet) for sheet in crowd)


def test_an_answer_that_is_no_action_is_refused() -> None:
    with pytest.raises(BadAnswers, match="sit-4"):
        make_profile(leadership(), "self", {"sit-4": 5})


def test_every_kind_of_the_format_is_scored() -> None:
    assert set(SCORING_KINDS) == {RatingScales, Situations}
