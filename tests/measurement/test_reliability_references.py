"""Reliability against R's psych 2.2.9, pingouin 0.7.0 and factor_analyzer 0.5.1.

Their numbers were made once by scripts in tests/references/. 1e-6 for closed forms, 1e-3 for the factor,
which they iterate for.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from reference_data import SCALES, analysed, answers_of, read_reference

from assess.measurement.results import Missing, ScaleReliability

R = read_reference("reliability-r.json")
PYTHON = read_reference("reliability-python.json")
CASES = [
    (file, scale, missing)
    for file in ("attitude", "bfi", "simulated")
    for scale in R[file]
    for missing in ("pairwise", "listwise")
]
EXACT, ITERATED = 1e-6, 1e-3


def scale_of(file: str, scale: str, missing: Missing, **how: Any) -> ScaleReliability:
    return next(found for found in analysed(file, missing, **how).scales if found.id == scale)


@pytest.mark.parametrize(("file", "scale", "missing"), CASES)
def test_alpha_and_average_r_are_those_of_psych(file: str, scale: str, missing: Missing) -> None:
    ours, theirs = scale_of(file, scale, missing), R[file][scale][missing]
    assert ours.n_complete == theirs["n_complete"]
    assert ours.alpha == pytest.approx(theirs["alpha"], abs=EXACT)
    assert ours.alpha_standardised == pytest.approx(theirs["alpha_standardised"], abs=EXACT)
    assert ours.average_r == pytest.approx(theirs["average_r"], abs=EXACT)
    assert (ours.mean, ours.sd) == pytest.approx((theirs["mean"], theirs["sd"]), abs=EXACT)


@pytest.mark.parametrize(("file", "scale", "missing"), CASES)
def test_feldts_interval_is_that_of_psych_where_both_count_the_same_sheets(
    file: str, scale: str, missing: Missing
) -> None:
    ours, theirs = scale_of(file, scale, missing), R[file][scale][missing]
    empty = 5 if scale == "o" and missing == "pairwise" else 0  # psych counts sheets without any answer too
    assert ours.n_used == theirs["n_rows"] - empty
    if not empty:
        assert ours.alpha_interval == pytest.approx(theirs["feldt"], abs=EXACT)


@pytest.mark.parametrize(("file", "scale", "missing"), CASES)
def test_each_item_is_described_as_psych_describes_it(file: str, scale: str, missing: Missing) -> None:
    ours, theirs = scale_of(file, scale, missing), R[file][scale][missing]
    assert [item.id for item in ours.items] == [item["id"] for item in theirs["items"]]
    for own, other in zip(ours.items, theirs["items"], strict=True):
        assert own.n == other["n"]
        assert own.n + own.missing == theirs["n"]
        for figure in ("mean", "sd", "skew", "item_rest_r", "alpha_if_dropped"):
            assert getattr(own, figure) == pytest.approx(other[figure], abs=EXACT), (own.id, figure)


@pytest.mark.parametrize(("file", "scale", "missing"), CASES)
def test_the_factor_and_omega_are_those_of_psych(file: str, scale: str, missing: Missing) -> None:
    ours, theirs = scale_of(file, scale, missing), R[file][scale][missing]
    assert ours.omega_total == pytest.approx(theirs["omega_total"], abs=ITERATED)
    assert ours.omega_observed == pytest.approx(theirs["omega_observed"], abs=ITERATED)
    assert ours.rmsr == pytest.approx(theirs["rmsr"], abs=ITERATED)
    for own, other in zip(ours.items, theirs["items"], strict=True):
        assert own.loading == pytest.approx(other["loading"], abs=ITERATED), own.id


@pytest.mark.parametrize(
    ("file", "scale", "missing"),
    [case for case in CASES if case[1] in PYTHON[case[0]]],
)
def test_alpha_and_loadings_are_those_of_two_python_packages(file: str, scale: str, missing: Missing) -> None:
    ours, theirs = scale_of(file, scale, missing, interval=0.90), PYTHON[file][scale][missing]
    assert ours.n_used == theirs["n_rows"]
    assert ours.alpha == pytest.approx(theirs["alpha"], abs=EXACT)
    # pingouin rounds its interval to three decimals
    assert ours.alpha_interval == pytest.approx(theirs["interval_90"], abs=5.1e-4)
    assert {item.id: item.loading for item in ours.items} == pytest.approx(theirs["loadings"], abs=ITERATED)


def test_the_published_interval_of_attitude() -> None:
    # Feldt's 95 % interval of R's `attitude` as printed by psych::alpha: .74 .84 .92
    (scale,) = analysed("attitude").scales
    assert scale.alpha is not None
    assert [round(end, 3) for end in (scale.alpha_interval or ())] == [0.739, 0.916]
    assert round(scale.alpha, 3) == 0.843


def test_scores_are_means_of_answered_items_and_the_error_follows_from_alpha() -> None:
    (scale,) = analysed("attitude").scales
    scores = (answers_of("attitude") - 1.0).mean(axis=0)
    assert scale.n_scored == 30
    assert scale.mean == pytest.approx(scores.mean(), abs=EXACT)
    assert scale.sd == pytest.approx(scores.std(ddof=1), abs=EXACT)
    assert scale.alpha is not None
    assert scale.sem == pytest.approx(scores.std(ddof=1) * np.sqrt(1 - scale.alpha), abs=EXACT)


def test_options_are_counted_as_they_were_chosen() -> None:
    answers = answers_of("simulated")
    w3 = analysed("simulated").scales[0].items[2]
    assert (w3.id, w3.reversed) == ("w3", True)
    assert [(option.value, option.n) for option in w3.options] == [
        (value, int((answers[2] == value).sum())) for value in range(1, 6)
    ]
    assert sum(option.share or 0 for option in w3.options) == pytest.approx(1)


def test_a_domain_has_all_items_of_its_facets() -> None:
    both = analysed("simulated").scales[2]
    assert both.is_domain
    assert [item.id for item in both.items] == [*SCALES["simulated"]["w"], *SCALES["simulated"]["o"]]
