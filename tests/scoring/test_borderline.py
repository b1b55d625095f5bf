"""The expected share of borderline people, against a closed form and a simulation of the same model."""

from __future__ import annotations

import math

import numpy as np
import pytest
from example_definitions import everything, maturity, plain_scale

from assess.scoring.borderline import Spread, borderline_share, expected_borderline
from assess.scoring.precision import normal_cdf
from assess.scoring.profile import make_profile


def spread(reliability: float, sd: float = 1.0) -> Spread:
    return Spread(sd=sd * math.sqrt(reliability), sem=sd * math.sqrt(1 - reliability))


def test_one_axis_without_error_leaves_the_closed_form_of_the_other() -> None:
    # Φ(|z|·s/sem) < .70 where |z| < Φ⁻¹(.70)·sem/s = .5244·√.2 = .23452; 2Φ(.23452) − 1 = .18542
    assert borderline_share(spread(0.80), Spread(sd=1, sem=0), 0.70) == pytest.approx(0.18542, abs=5e-4)


@pytest.mark.parametrize(("across", "up"), [(0.80, 0.80), (0.87, 0.85), (0.70, 0.90)])
def test_two_axes_agree_with_a_simulation(across: float, up: float) -> None:
    random = np.random.default_rng(8)
    sides = []
    for reliability in (across, up):
        true = random.normal(0, math.sqrt(reliability), 200_000)
        sem = math.sqrt(1 - reliability)
        high = normal_cdf((true + random.normal(0, sem, true.size)) / sem)
        sides.append(np.maximum(high, 1 - high))
    simulated = float(np.mean(sides[0] * sides[1] < 0.70))
    # four standard errors of a share of 200 000
    assert borderline_share(spread(across), spread(up), 0.70) == pytest.approx(simulated, abs=0.0045)


def test_the_unit_of_the_scores_does_not_matter() -> None:
    small, large = spread(0.80, 0.6), spread(0.80, 25.0)
    assert borderline_share(small, small, 0.70) == pytest.approx(borderline_share(large, large, 0.70))


def test_without_error_nobody_is_borderline_and_without_information_nearly_everybody() -> None:
    sure, blind = Spread(sd=1, sem=0), Spread(sd=0, sem=1)
    assert borderline_share(sure, sure, 0.70) == 0
    # nothing but error: both better sides are uniform on ½…1. A first one under .7 is enough (.4 of all);
    # over it the second must be under .7/u: 4·∫(.7/u − ½)du from .7 to 1
    rest = 4 * (0.7 * math.log(1 / 0.7) - 0.5 * 0.3)
    assert borderline_share(blind, blind, 0.70) == pytest.approx(0.4 + rest, abs=2e-3)


def test_a_short_form_leaves_more_people_on_a_border() -> None:
    full = make_profile(maturity(), "self", everything(4))
    names = ("knowledge", "skill", "will", "responsibility")
    short_answers = {item: given for item, given in everything(4).items() if item.startswith(names)}
    short = make_profile(maturity(), "self", short_answers, short_form="second-area")
    questionnaire = maturity().questionnaire
    # reliability .96: SEM .2 beside a true SD of √.96; eight of sixteen items: SEM .2·√2
    expected = borderline_share(spread(0.96), spread(0.96), 0.70)
    wider = Spread(sd=math.sqrt(0.96), sem=0.2 * math.sqrt(2))
    assert expected_borderline(questionnaire, full) == pytest.approx(expected)
    assert expected_borderline(questionnaire, short) == pytest.approx(borderline_share(wider, wider, 0.70))


def test_missing_answers_of_one_person_do_not_change_the_expectation() -> None:
    whole, gaps = everything(4), everything(4) | {"will-1": 0}
    questionnaire = maturity().questionnaire
    assert expected_borderline(questionnaire, make_profile(maturity(), "self", whole)) == (
        expected_borderline(questionnaire, make_profile(maturity(), "self", gaps))
    )


def test_nothing_is_expected_without_levels_or_precision() -> None:
    bare = maturity(precision={})
    assert expected_borderline(bare.questionnaire, make_profile(bare, "self", everything(4))) is None
    plain = plain_scale((1, 2, 3), 2)
    assert expected_borderline(plain.questionnaire, make_profile(plain, "self", {"i1": 1, "i2": 2})) is None
