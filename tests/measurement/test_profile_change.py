"""Change of one stored profile to another: by hand, and where there is none to tell."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import numpy as np
import pytest
from team import maturity, tiny_maturity

from assess.measurement.profile_change import (
    NotComparable,
    ProfileChange,
    ScaleChange,
    profile_change,
    real_together,
)
from assess.scoring.profile import make_profile
from assess.scoring.results import Profile
from questionnaires.definition import ShortForm

DEFINITION = tiny_maturity(
    short_forms={
        "second-area": ShortForm(items=("skill-1", "skill-2"), min_answered={"skill": 1}),
        "one-each": ShortForm(items=("skill-1", "will-1"), min_answered={"skill": 1, "will": 1}),
        "another-one": ShortForm(items=("skill-2", "will-1"), min_answered={"skill": 1, "will": 1}),
    }
)


def profile(skill: int, will: int, short_form: str | None = None, **parts: Any) -> Profile:
    given = maturity(skill, will)
    if short_form is not None:
        asked = DEFINITION.questionnaire.short_forms[short_form].items
        given = {item: position for item, position in given.items() if item in asked}
    made = make_profile(DEFINITION, "self", given, short_form=short_form)
    return msgspec.structs.replace(made, **parts)


def test_the_index_of_jacobson_and_truax_by_hand() -> None:
    """SD 0.75, reliability 0.84: SEM = 0.75·√0.16 = 0.3; 1.6449·√2·0.3 = 0.6978 at 90 %."""
    change = profile_change(profile(2, 3), profile(3, 3))
    skill, will = change.scale("skill"), change.scale("will")
    assert (skill.before, skill.after, skill.difference, skill.verdict) == (2.0, 3.0, 1.0, "real")
    assert skill.low == pytest.approx(1 - 0.6978, abs=1e-4)
    assert skill.high == pytest.approx(1 + 0.6978, abs=1e-4)
    assert (will.difference, will.verdict) == (0.0, "may-be-noise")
    assert change.coverage == 0.90


def test_the_verdict_is_real_where_the_interval_leaves_out_nought() -> None:
    for after in (1, 2, 3, 4, 5):
        for one in profile_change(profile(3, 3), profile(after, 3)).scales:
            assert one.low is not None
            assert one.high is not None
            assert (one.verdict == "real") == (one.low > 0 or one.high < 0)


def test_a_wider_coverage_asks_for_a_larger_change() -> None:
    """99.9 %: 3.2905·√2·0.3 = 1.396, more than one point."""
    assert profile_change(profile(2, 3), profile(3, 3), 0.999).scale("skill").verdict == "may-be-noise"


def test_levels_before_and_after() -> None:
    change = profile_change(profile(5, 5), profile(1, 5))
    assert (change.level_before, change.level_after) == ("M4", "M2")


def test_a_missing_score_has_no_verdict() -> None:
    empty = make_profile(DEFINITION, "self", {"will-1": 3, "will-2": 3})
    skill = profile_change(empty, profile(3, 3)).scale("skill")
    assert (skill.before, skill.after, skill.difference, skill.low, skill.verdict) == (
        None,
        3.0,
        None,
        None,
        None,
    )


def test_without_a_standard_error_there_is_a_difference_and_no_verdict() -> None:
    scales = tuple(
        msgspec.structs.replace(one, sem=None, low=None, high=None) for one in profile(3, 3).scales
    )
    skill = profile_change(profile(2, 3), profile(3, 3, scales=scales)).scale("skill")
    assert (skill.difference, skill.low, skill.high, skill.verdict) == (1.0, None, None, None)


def test_between_a_short_form_and_the_full_one_only_what_both_ask_in_full() -> None:
    change = profile_change(profile(2, 3), profile(3, 3, "second-area"))
    assert [one.id for one in change.scales] == ["skill"]
    with pytest.raises(KeyError):
        change.scale("will")


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (profile(3, 3, questionnaire_id="another"), profile(3, 3), "another-questionnaire"),
        (profile(3, 3, questionnaire_version="2.0.0"), profile(3, 3), "another-version"),
        (profile(3, 3, perspective="manager"), profile(3, 3), "another-form"),
        (profile(3, 3, "one-each"), profile(3, 3, "another-one"), "another-form"),
        (profile(3, 3), profile(3, 3, "one-each"), "another-form"),
    ],
)
def test_profiles_that_ask_something_else_are_not_compared(
    before: Profile, after: Profile, reason: str
) -> None:
    with pytest.raises(NotComparable) as caught:
        profile_change(before, after)
    assert caught.value.reason == reason


def test_a_minor_version_asks_the_same() -> None:
    change = profile_change(profile(2, 3), profile(3, 3, questionnaire_version="1.7"))
    assert change.scale("skill").verdict == "real"


@pytest.mark.parametrize("coverage", [0.0, 1.0, -0.5, math.nan])
def test_a_coverage_lies_between_nought_and_one(coverage: float) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the message is the quantile's)
        profile_change(profile(3, 3), profile(3, 3), coverage)


def test_of_more_figures_each_has_to_have_changed_further() -> None:
    """Two figures at 90 % together: each at 95 %, 1.9600·√2·0.3 = 0.8316; three changes of two figures: each
    at 1 − 0.1/6 = 98.33 %, 2.3940·√2·0.3 = 1.0157, more than one point."""
    change = profile_change(profile(2, 3), profile(3, 3))
    assert [one.id for one in real_together([change])] == ["skill"]
    assert real_together([change] * 3) == ()
    by_two_points = profile_change(profile(2, 3), profile(4, 3))
    assert [one.difference for one in real_together([by_two_points, change, change])] == [2.0]


def test_of_figures_that_have_not_changed_one_passes_alone_and_none_together() -> None:
    """Twenty figures of 4,000 people, with errors of measurement and nothing else: alone at least one passes
    for 1 − 0.9²⁰ = 88 %, together for 1 − (1 − 0.1/20)²⁰ = 9.5 %, each within three standard errors."""
    rng = np.random.default_rng(7)
    errors = rng.normal(0, 0.3 * math.sqrt(2), (4_000, 20))
    limit = 1.6448536 * 0.3 * math.sqrt(2)
    alone, together = 0, 0
    for person in errors:
        scales = tuple(
            ScaleChange(
                id=str(place),
                before=3,
                after=3 + by,
                difference=by,
                low=by - limit,
                high=by + limit,
                verdict="real" if abs(by) > limit else "may-be-noise",
            )
            for place, by in enumerate(person.tolist())
        )
        change = ProfileChange(coverage=0.90, scales=scales, level_before=None, level_after=None)
        alone += any(one.verdict == "real" for one in scales)
        together += bool(real_together([change]))
    assert alone / 4_000 == pytest.approx(1 - 0.9**20, abs=0.016)
    assert together / 4_000 == pytest.approx(1 - (1 - 0.1 / 20) ** 20, abs=0.014)


def test_what_cannot_be_told_is_not_counted() -> None:
    empty = make_profile(DEFINITION, "self", {"will-1": 3, "will-2": 3})
    assert real_together([profile_change(empty, profile(3, 3))]) == ()
    assert real_together([]) == ()
