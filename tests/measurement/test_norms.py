"""Norms: mid-rank percentiles, T, stanine, sten and their errors; what is refused."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

import assess.measurement.norms as norms_module
from assess.measurement.norms import (
    NormRecord,
    NormTable,
    group_standing,
    make_norms,
    norm_record,
    stanines,
    stens,
)

POSSIBLE = np.arange(4, 21) / 4
TWO_HUNDRED = np.repeat([2.0, 3.0, 4.0, 5.0], [20, 60, 100, 20])
"""Mid-rank by hand: 5, 10 + 15 = 25, 40 + 25 = 65, 90 + 5 = 95 percent."""


def people(n: int, seed: int = 1) -> np.ndarray:
    return np.clip(np.round((np.random.default_rng(seed).normal(3.5, 0.7, n)) * 4) / 4, 1, 5)


def by_score(table: NormTable) -> dict[float, norms_module.NormRow]:
    return {row.score: row for row in table.rows}


def test_mid_rank_percentiles_and_t_by_hand() -> None:
    """Mean 3.6; sum of squares 20·2.56 + 60·.36 + 100·.16 + 20·1.96 = 128, so SD √(128/199) = 0.80201.
    Φ⁻¹(.25) = −0.67449: T 43.255; the linear T of 3 is 50 − 10·.6/.80201 = 42.519."""
    rows = by_score(make_norms(TWO_HUNDRED, POSSIBLE, seed=1))
    assert [rows[score].percentile for score in (2, 3, 4, 5)] == pytest.approx([5, 25, 65, 95])
    assert rows[3].t_normalised == pytest.approx(43.2551, abs=1e-4)
    assert rows[3].t_linear == pytest.approx(42.5188, abs=1e-4)
    assert (rows[3].people, rows[2.5].people) == (60, 0)
    assert rows[2.5].percentile == pytest.approx(10)  # between 2 and 3: everybody at 2, nobody here


def test_a_score_outside_all_seen_has_no_normalised_score() -> None:
    row = by_score(make_norms(TWO_HUNDRED, POSSIBLE, seed=1))[1.0]
    assert (row.percentile, row.t_normalised, row.stanine, row.sten) == (0, None, None, None)


def test_stanines_and_stens_a_value_on_a_cut_goes_up() -> None:
    """Cuts −1.75(.5)1.75 and −2(.5)2."""
    cuts = np.arange(-1.75, 1.8, 0.5)
    assert stanines(cuts).tolist() == [2, 3, 4, 5, 6, 7, 8, 9]
    assert stanines(cuts - 1e-6).tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    cuts = np.arange(-2, 2.1, 0.5)
    assert stens(cuts).tolist() == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert stens(cuts - 1e-6).tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert (stanines(np.array([-9.0, 9])).tolist(), stens(np.array([-9.0, 9])).tolist()) == ([1, 9], [1, 10])


def test_shares_of_a_normal_group() -> None:
    """Exact: stanines 4.01 6.56 12.10 17.47 19.74 …, stens 2.28 4.41 9.18 14.99 19.15 … (normal tables)."""
    z = np.random.default_rng(1).normal(size=1_000_000)
    found = np.bincount(stanines(z).astype(int), minlength=10)[1:] / 10_000
    assert found == pytest.approx([4.01, 6.56, 12.10, 17.47, 19.74, 17.47, 12.10, 6.56, 4.01], abs=0.15)
    found = np.bincount(stens(z).astype(int), minlength=11)[1:] / 10_000
    half = [2.28, 4.41, 9.18, 14.99, 19.15]
    assert found == pytest.approx(half + half[::-1], abs=0.15)


def test_standard_errors_are_those_of_theory() -> None:
    """The mean's is s/√n; that of a share p is √(p(1 − p)/n), of a mid-rank percentile a little less: the
    variance of a mid-rank 0, ½ or 1 is Σ share·rank² − percentile²."""
    table = make_norms(TWO_HUNDRED, POSSIBLE, seed=3, samples=20_000)
    rows = by_score(table)
    assert table.mean_se == pytest.approx(0.8 / 200**0.5, rel=0.03)
    assert rows[3].percentile_se == pytest.approx(100 * ((0.1 + 0.3 / 4 - 0.25**2) / 200) ** 0.5, rel=0.03)


def test_the_bootstrap_repeats_itself() -> None:
    one, again, other = (make_norms(people(300), POSSIBLE, seed=seed) for seed in (1, 1, 2))
    assert one == again
    assert one.rows[8].percentile_se != other.rows[8].percentile_se
    assert one.rows[8].percentile == other.rows[8].percentile


@pytest.mark.parametrize(
    ("scores", "reason"),
    [
        (people(199), "n-under-200"),
        (np.append(people(199), np.nan), "n-under-200"),
        (np.full(250, 3.0), "no-variation"),
    ],
)
def test_what_is_refused(scores: np.ndarray, reason: str) -> None:
    table = make_norms(scores, POSSIBLE, seed=1)
    assert (table.rows, table.mean, table.reason) == ((), None, reason)


def test_missing_scores_are_counted() -> None:
    table = make_norms(np.append(people(250), [np.nan] * 7), POSSIBLE, seed=1)
    assert (table.n, table.missing, table.reason) == (250, 7, None)


def test_scores_that_differ_by_rounding_are_one_score() -> None:
    scores = TWO_HUNDRED + np.tile([0, 1e-13], 100)
    exact, rounded = make_norms(TWO_HUNDRED, POSSIBLE, seed=1), make_norms(scores, POSSIBLE, seed=1)
    assert [row.percentile for row in rounded.rows] == pytest.approx([row.percentile for row in exact.rows])


def test_scores_of_sheets_with_gaps_count_by_where_they_lie() -> None:
    """Ten of 210 at 3⅓: between 3.25 and 3.5."""
    rows = by_score(make_norms(np.append(TWO_HUNDRED, [10 / 3] * 10), POSSIBLE, seed=1))
    assert rows[3.25].percentile == pytest.approx(100 * 80 / 210)
    assert rows[3.5].percentile == pytest.approx(100 * 90 / 210)


def test_smoothing_only_when_asked_keeps_four_moments_and_says_so() -> None:
    scores = people(400)
    plain, smooth = (make_norms(scores, POSSIBLE, seed=1, smooth=asked) for asked in (False, True))
    assert (plain.smoothed, smooth.smoothed) == (False, True)
    upto = np.array([row.percentile for row in smooth.rows]) / 100
    shares = np.zeros(len(POSSIBLE))
    below = 0.0
    for place, rank in enumerate(upto):  # the mid-rank is the share below and half of its own
        shares[place] = 2 * (rank - below)
        below += shares[place]
    assert shares.sum() == pytest.approx(1, abs=1e-6)
    for power in range(1, 5):
        assert shares @ (POSSIBLE - 3) ** power == pytest.approx(((scores - 3) ** power).mean(), abs=1e-5)
    assert smooth.rows[8].percentile != plain.rows[8].percentile


def test_too_few_different_scores_cannot_be_smoothed() -> None:
    assert make_norms(TWO_HUNDRED, POSSIBLE, seed=1, smooth=True).reason == "not-smoothed"


def test_possible_scores_ascend() -> None:
    with pytest.raises(ValueError, match="ascend"):
        make_norms(people(200), np.array([2.0, 1.0]), seed=1)


def record(**changed: object) -> NormRecord:
    known: dict[str, object] = {
        "questionnaire_id": "example",
        "questionnaire_hash": "0" * 64,
        "perspective": "self",
        "short_form": None,
        "scale": "will",
        "handed_in": "2026-11-21",
        "wave_ids": ("w1", "w2"),
    }
    return norm_record(make_norms(people(250), POSSIBLE, seed=1), **(known | changed))  # type: ignore[arg-type]


def test_a_record_is_known_by_its_content() -> None:
    assert record() == record()
    assert record().id != record(handed_in="2026-11-22").id
    assert record().id != record(wave_ids=("w1",)).id
    assert len(record().id) == 64
    assert msgspec.json.decode(msgspec.json.encode(record()), type=NormRecord) == record()


def test_a_group_stands_by_its_mean_t() -> None:
    """By hand against mean 3.6, SD .80201: the mean 4 of five people is T 54.988."""
    table = make_norms(TWO_HUNDRED, POSSIBLE, seed=1)
    found = group_standing(table, np.array([3.0, 4, 4, 4, 5]))
    assert (found.n, found.t) == (5, pytest.approx(50 + 10 * 0.4 / (128 / 199) ** 0.5))
    assert found.intervals[0].low < found.t < found.intervals[0].high


def test_there_is_no_standing_of_one_person_or_of_a_few() -> None:
    table = make_norms(TWO_HUNDRED, POSSIBLE, seed=1)
    for scores in (np.array([4.0]), np.array([4.0] * 4), np.array([4.0] * 4 + [np.nan])):
        found = group_standing(table, scores)
        assert (found.t, found.n, found.reason) == (None, None, "group-too-small")
    functions = {name for name in vars(norms_module) if not name.startswith("_") and name.islower()}
    assert not {name for name in functions if "person" in name or "percentile" in name}


def test_no_norms_no_standing() -> None:
    table = make_norms(people(100), POSSIBLE, seed=1)
    assert group_standing(table, np.array([3.0, 4, 4, 4, 5])).reason == "n-under-200"


@pytest.mark.slow
def test_standard_errors_reach_as_far_as_new_norm_groups_differ() -> None:
    """600 norm groups of 400: the percentile of 3.5 differs between them as the bootstrap of each says, and
    ±1.645 of it holds the population's percentile in about nine of ten."""
    truth = by_score(make_norms(people(400_000, 99), POSSIBLE, seed=1, samples=2))[3.5].percentile
    rows = [by_score(make_norms(people(400, s), POSSIBLE, seed=s, samples=300))[3.5] for s in range(600)]
    ranks, errors = np.array([(row.percentile, row.percentile_se) for row in rows]).T
    assert errors.mean() == pytest.approx(ranks.std(ddof=1), rel=0.08)
    assert 0.88 <= (np.abs(ranks - truth) <= 1.6448536 * errors).mean() <= 0.92
