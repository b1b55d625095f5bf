from __future__ import annotations

import math

import numpy as np
import pytest
from example_definitions import maturity

from assess.scoring.precision import (
    full_standard_error,
    interval_quantile,
    normal_cdf,
    provisional_record,
    record_in_force,
    standard_error,
    standard_errors,
)
from assess.scoring.results import PrecisionRecord
from questionnaires.definition import Precision


def test_the_standard_error_of_the_worked_example_in_the_literature() -> None:
    # s = 5.975, r = .8133: SEM 2.582 (METHODS §2).
    assert full_standard_error(Precision(reliability=0.8133, sd=5.975)) == pytest.approx(2.582, abs=5e-4)


def test_half_of_the_items_are_as_unsure_as_spearman_brown_says() -> None:
    precision = Precision(reliability=0.90, sd=0.60)
    # Independent way: true variance .9·.36 = .324 stays; reliability of half the length is
    # .5·.9 / (1 − .5·.9) = .81818; the half's variance is .324/.81818 = .396, its error .396·.18182 = .072.
    half = 0.5 * 0.9 / (1 + (0.5 - 1) * 0.9)
    variance = 0.324 / half
    assert standard_error(precision, 16, 8) == pytest.approx(math.sqrt(variance * (1 - half)))
    assert standard_error(precision, 16, 8) == pytest.approx(math.sqrt(2) * full_standard_error(precision))
    assert standard_error(precision, 16, 16) == full_standard_error(precision)


def test_arrays_of_errors_are_the_single_ones_and_unknown_where_nothing_is_known() -> None:
    precision = Precision(reliability=0.7, sd=0.75)
    errors = standard_errors(precision, 4, np.array([0.0, 3.0, 4.0]))
    assert math.isnan(errors[0])
    assert errors[1:].tolist() == [standard_error(precision, 4, 3), standard_error(precision, 4, 4)]
    assert np.isnan(standard_errors(None, 4, np.array([4.0]))).all()


@pytest.mark.parametrize(
    ("z", "phi"),
    [  # four-decimal table of the normal distribution
        (0.0, 0.5000),
        (0.25, 0.5987),
        (0.67, 0.7486),
        (1.0, 0.8413),
        (1.28, 0.8997),
        (1.96, 0.9750),
        (2.33, 0.9901),
        (3.0, 0.9987),
        (-1.0, 0.1587),
        (-2.5, 0.0062),
    ],
)
def test_phi_is_that_of_the_published_table(z: float, phi: float) -> None:
    assert normal_cdf(np.array([z]))[0] == pytest.approx(phi, abs=5e-5)


def test_phi_keeps_its_digits_in_the_tail_and_its_ends() -> None:
    # Φ(−6) = 9.8659e−10 (Abramowitz & Stegun, table 26.1: Q(6))
    assert normal_cdf(np.array([-6.0]))[0] == pytest.approx(9.8659e-10, rel=1e-4)
    assert normal_cdf(np.array([-np.inf, np.inf])).tolist() == [0.0, 1.0]
    assert math.isnan(normal_cdf(np.array([np.nan]))[0])


def test_the_quantile_of_an_interval() -> None:
    assert interval_quantile(0.90) == pytest.approx(1.6449, abs=5e-5)
    assert interval_quantile(0.95) == pytest.approx(1.9600, abs=5e-5)
    for impossible in (0.0, 1.0, 90.0):
        with pytest.raises(ValueError, match="between 0 and 1"):
            interval_quantile(impossible)


def local(**values: Precision) -> PrecisionRecord:
    return PrecisionRecord(id="2027-01", source="local", values=values)


def test_without_a_local_record_the_figures_of_the_perspective_stand() -> None:
    questionnaire = maturity().questionnaire
    assert provisional_record(questionnaire, "manager").values["will"] == Precision(reliability=0.84, sd=1.5)
    assert record_in_force(questionnaire, "self", None) == provisional_record(questionnaire, "self")


def test_a_local_record_widens_and_never_narrows() -> None:
    questionnaire = maturity().questionnaire  # will: .75·√.16 = .30
    wide, narrow = Precision(reliability=0.75, sd=0.75), Precision(reliability=0.95, sd=0.75)
    record = record_in_force(questionnaire, "self", local(will=wide, energy=narrow))
    assert record.values["will"] == wide
    assert record.values["energy"] == Precision(reliability=0.84, sd=0.75)
    assert (record.id, record.source) == ("2027-01", "local")
    assert record_in_force(questionnaire, "self", record) == record


def test_a_local_record_may_tell_what_the_file_does_not_know() -> None:
    questionnaire = maturity(precision={}).questionnaire
    record = record_in_force(questionnaire, "self", local(will=Precision(reliability=0.9, sd=1.0)))
    assert set(record.values) == {"will"}


@pytest.mark.parametrize(("reliability", "sd"), [(1.2, 1.0), (-0.1, 1.0), (0.8, -1.0), (0.8, math.inf)])
def test_an_impossible_local_figure_is_refused(reliability: float, sd: float) -> None:
    with pytest.raises(ValueError, match="impossible for scale 'will'"):
        record_in_force(
            maturity().questionnaire, "self", local(will=Precision(reliability=reliability, sd=sd))
        )
