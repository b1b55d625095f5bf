"""Change: Jacobson & Truax's example, pingouin and R for groups, coverage of effects."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from agreement_examples import PYTHON, R, bfi

from assess.measurement.change import (
    PairedChange,
    matched,
    paired_change,
    reliable_change,
    retest_change,
    small_sample_factor,
    unequal_variances_change,
)


def one(*values: float) -> np.ndarray:
    return np.array(values, np.float64)


def test_the_published_example_of_reliable_change() -> None:
    """Jacobson & Truax (1991, p. 14): 32.5 and 47.5 with SD 7.5 and reliability .80: SEM 3.354, error of the
    difference 4.743, index 3.16."""
    sem = one(7.5 * (1 - 0.80) ** 0.5)
    found = reliable_change(one(32.5), one(47.5), sem, sem)
    assert found.error[0] == pytest.approx(4.743, abs=1e-3)
    assert found.index[0] == pytest.approx(3.16, abs=5e-3)
    assert (found.denominator, found.verdict(0)) == ("measurement-error", "real")


def test_the_limit_of_a_real_change() -> None:
    """At 90 %: 1.645·√2·SEM; for a SEM of 0.43 that is a whole point."""
    found = reliable_change(one(3, 3), one(4.0, 4.01), one(0.43, 0.43), one(0.43, 0.43))
    assert found.limit == pytest.approx(one(1.0002, 1.0002), abs=1e-4)
    assert [found.verdict(0), found.verdict(1)] == ["may-be-noise", "real"]


def test_a_missing_score_has_no_verdict() -> None:
    found = reliable_change(one(3, np.nan), one(np.nan, 4), one(0.3, 0.3), one(0.3, 0.3))
    assert [found.verdict(0), found.verdict(1)] == [None, None]
    assert np.isnan(found.index).all()


def test_an_occasion_with_fewer_answers_is_less_sure() -> None:
    """√(0.3² + 0.4²) = 0.5."""
    assert reliable_change(one(3), one(4), one(0.3), one(0.4)).index[0] == pytest.approx(2)


def test_unequal_variances() -> None:
    """By hand: before 1 2 3 (variance 1), after 2 4 6 (variance 4), reliability .8: error √(5·0.2) = 1."""
    found = unequal_variances_change(one(1, 2, 3), one(2, 4, 6), 0.8)
    assert found.index == pytest.approx(one(1, 2, 3))
    assert (found.denominator, found.real.tolist()) == ("unequal-variances", [False, True, True])
    assert np.isnan(unequal_variances_change(one(1), one(2), 0.8).index).all()


def test_regression_to_the_mean_is_reckoned_with() -> None:
    """METHODS' example: SD 5.975, r .8133, mean 15.8. A score of 20 is expected to be 19.216 next time, with
    the error 5.975·√(1 − .8133²) = 3.477; so 20 again is a rise of 0.784, not of 0."""
    found = retest_change(one(20), one(20), 15.8, 5.975, 0.8133)
    assert found.expected[0] == pytest.approx(19.2159, abs=1e-4)
    assert found.error[0] == pytest.approx(3.47652, abs=1e-4)
    assert found.index[0] == pytest.approx((20 - 19.2159) / 3.47652, abs=1e-4)


@pytest.mark.parametrize("reliability", [-0.1, 1.1, float("nan")])
def test_a_reliability_outside_0_to_1_is_refused(reliability: float) -> None:
    with pytest.raises(ValueError, match="reliability"):
        unequal_variances_change(one(1, 2), one(2, 3), reliability)


def test_noise_alone_is_called_real_in_one_of_ten() -> None:
    """200,000 people who did not change, errors normal."""
    rng = np.random.default_rng(8)
    true = rng.normal(3, 1, 200_000)
    before, after = (true + rng.normal(0, 0.4, len(true)) for _ in range(2))
    sem = np.full(len(true), 0.4)
    assert reliable_change(before, after, sem, sem).real.mean() == pytest.approx(0.10, abs=0.003)
    regressed = retest_change(before, after, 3, (1 + 0.16) ** 0.5, 1 / 1.16)
    assert regressed.real.mean() == pytest.approx(0.10, abs=0.003)


# --- groups ----------------------------------------------------------------------------------------


def test_a_group_as_r_and_pingouin_have_it() -> None:
    """A3 against A4 of the excerpt: t.test of R 4.2.2 with its 90 % interval, the limits of d_z by pt with a
    noncentrality; pingouin 0.7.0 for the effects."""
    found = paired_change(bfi()[:, 2], bfi()[:, 3], (0.90,))
    assert (found.n, found.only_before, found.only_after) == (56, 1, 1)
    assert (found.t, found.p) == (pytest.approx(R["change"]["t"]), pytest.approx(R["change"]["p"]))
    assert found.difference == pytest.approx(R["change"]["difference"])
    assert (found.intervals[0].low, found.intervals[0].high) == pytest.approx(
        (R["change"]["low"], R["change"]["high"]), abs=1e-9
    )
    d_z, d_av = found.effects
    assert (d_z.d, d_av.d) == pytest.approx((PYTHON["change"]["d_z"], PYTHON["change"]["d_av"]), abs=1e-9)
    assert (d_z.intervals[0].low, d_z.intervals[0].high) == pytest.approx(
        (R["change"]["d_z_low"], R["change"]["d_z_high"]), abs=1e-6
    )
    assert msgspec.json.decode(msgspec.json.encode(found), type=PairedChange) == found
    ratio = d_av.d / d_z.d
    assert d_av.intervals[0].high == pytest.approx(d_z.intervals[0].high * ratio)


def test_hedges_correction() -> None:
    """Hedges (1981): J(10) = Γ(5)/(√5·Γ(4.5)) = 24/(2.2360680·11.6317284)."""
    assert small_sample_factor(10) == pytest.approx(24 / (2.2360680 * 11.6317284), rel=1e-7)
    assert small_sample_factor(60) == pytest.approx(1 - 3 / (4 * 60 - 1), abs=1e-4)
    found = paired_change(one(1, 2, 3, 4), one(2, 2, 5, 4))
    assert found.effects[0].g == pytest.approx(found.effects[0].d * small_sample_factor(3))


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ([1.0, np.nan], [2.0, 3.0], "fewer-than-2-pairs"),
        ([1.0, 2.0, 3.5], [2.0, 3.0, 4.5], "no-variation"),
    ],
)
def test_what_cannot_be_known_has_a_reason(before: list[float], after: list[float], reason: str) -> None:
    found = paired_change(one(*before), one(*after))
    assert (found.t, found.intervals, found.effects, found.reason) == (None, (), (), reason)
    assert msgspec.json.decode(msgspec.json.encode(found), type=PairedChange) == found


def test_people_are_matched_by_id() -> None:
    before, after = matched(["a", "b", "c"], ["d", "c", "a"])
    assert (before.tolist(), after.tolist()) == ([0, 2], [2, 1])


def test_an_id_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        matched(["a", "a"], ["a"])


@pytest.mark.parametrize("n", [10, 40])
def test_90_percent_intervals_hold_the_truth_in_90_percent(n: int) -> None:
    """3,000 groups: SD 1 before and 1.2 after, correlation .6, the mean rises by 0.5. SD of the change √(1 +
    1.44 − 1.44) = 1, so d_z = 0.5 and d_av = 0.5/√1.22."""
    rng = np.random.default_rng(9)
    true = {"difference": 0.5, "d_z": 0.5, "d_av": 0.5 / 1.22**0.5}
    held = dict.fromkeys(true, 0)
    for _ in range(3_000):
        before = rng.normal(size=n)
        after = 0.5 + 1.2 * (0.6 * before + 0.8 * rng.normal(size=n))
        found = paired_change(before, after, (0.90,))
        intervals = {"difference": found.intervals[0]} | {e.name: e.intervals[0] for e in found.effects}
        for name, interval in intervals.items():
            held[name] += interval.low <= true[name] <= interval.high
    for name, times in held.items():
        assert 0.88 <= times / 3_000 <= 0.92, name
