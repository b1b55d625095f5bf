"""Response quality: what each figure says, when it says nothing, and who is flagged."""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt
import pytest
from example_definitions import definition
from quality_examples import Kind, eight_facets, rating_form, respondents
from scipy.stats import chi2

from assess.measurement.response_quality import sheet_figures
from assess.measurement.response_quality_results import ResponseQuality, SheetQuality
from assess.measurement.response_quality_runs import runs, variability
from assess.measurement.response_quality_sample import Keyed, distances, inverse_of
from assess.measurement.response_quality_signs import SIGNS, common_options, run_cut
from assess.measurement.response_quality_summary import response_quality, sheet_rows
from assess.scoring.form import Form, make_form
from assess.scoring.tally import BadAnswers
from questionnaires.definition import OptionSet, Page, RatingItem, Scale, ZeroToTenItem
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder


def column(*positions: int) -> npt.NDArray[np.uint8]:
    return np.array([positions], np.uint8).T


# --- runs and variability --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "longest", "average"),
    [
        ((1, 1, 1, 2, 2, 3), 3, 2.0),
        ((4, 4, 0, 4, 4), 2, 2.0),  # a missing answer ends a run and is none itself
        ((0, 0, 5), 1, 1.0),
        ((2,) * 6, 6, 6.0),
        ((1, 2, 1, 2), 1, 1.0),
    ],
)
def test_a_run_is_of_the_same_option_one_after_the_other(
    answers: tuple[int, ...], longest: int, average: float
) -> None:
    found = runs(column(*answers))
    assert (found.longest.tolist(), found.average.tolist()) == ([longest], [average])


def test_of_a_blank_sheet_nothing_is_known() -> None:
    found = sheet_figures(eight_facets(), np.zeros((32, 1), np.uint8), [60.0])
    assert all(np.isnan(figures).all() for figures in found.figures.values())
    assert not found.flagged.any()
    assert {i.reason for i in response_quality(found).indices} == {"too-few-answers", "fewer-than-30-sheets"}


def test_runs_follow_the_order_of_asking_and_end_where_the_options_change() -> None:
    made = definition(
        options={"fit": OptionSet(values=(1, 2, 3, 4, 5))},
        items=(
            RatingItem(id="a", options="fit", reason="…"),
            ZeroToTenItem(id="b", reason="…"),
            RatingItem(id="c", options="fit", reason="…"),
        ),
        scales={"all": Scale(min_answered=1, items=("a", "b", "c"))},
        pages=(Page(id="first", items=("a", "c")), Page(id="second", items=("b",))),
    )
    form = make_form(made.questionnaire, "self")
    found = sheet_figures(form, column(3, 3, 3))
    assert found.figures["longest_run"].tolist() == [2.0]


def test_a_shuffled_form_says_that_the_order_of_asking_is_not_known_unless_it_is_given() -> None:
    form = make_form(read_folder(LIBRARY / "leadership-style").questionnaire, "self")
    answers = column(*[1, 2] * 10)
    assert sheet_figures(form, answers).order == "questionnaire"
    asked = np.array([[*range(0, 20, 2), *range(1, 20, 2)]]).T
    found = sheet_figures(form, answers, asked=asked)
    assert (found.order, found.figures["longest_run"].tolist()) == ("asked", [10.0])


def test_variability_is_the_deviation_of_the_values_chosen() -> None:
    assert variability(column(1, 5, 0, 3), (1, 2, 3, 4, 5)).tolist() == [pytest.approx(np.std([1, 5, 3]))]
    assert variability(column(1, 2, 2), (0, 10)).tolist() == [pytest.approx(np.std([0, 10, 10]))]
    assert variability(column(2, 2, 2), (1, 2, 3)).tolist() == [0.0]
    assert np.isnan(variability(column(0, 2, 0), (1, 2, 3))).all()


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    form, rng = eight_facets(), np.random.default_rng(3)
    answers = respondents(form, 500, "careful", rng)
    whole = sheet_figures(form, answers)
    for module in ("runs", "sample"):
        monkeypatch.setattr(f"assess.measurement.response_quality_{module}.BLOCK", 7)
    parts = sheet_figures(form, answers)
    for index, figures in whole.figures.items():
        np.testing.assert_allclose(parts.figures[index], figures, rtol=0, atol=1e-9)


# --- distance --------------------------------------------------------------------------------------


def test_distances_of_normal_answers_follow_chi_squared_also_with_missing_ones() -> None:
    """The simulation of METHODS §5's formula under its own assumption: normal answers, here in fine steps."""
    rng = np.random.default_rng(11)
    form = rating_form({"s": tuple(f"i{item}" for item in range(6))}, {"i1"}, options=200)
    latent = rng.multivariate_normal(np.zeros(6), 0.5 + 0.5 * np.eye(6), 20_000).T
    answers = np.clip(np.round(100 + 20 * latent), 1, 200).astype(np.uint8)
    answers[rng.random(answers.shape) < 0.2] = 0
    keyed = Keyed(answers, form.items)
    values = np.where(answers, answers, np.nan).astype(np.float64)
    values[1] = 201 - values[1]
    inverse = inverse_of(np.ma.cov(np.ma.masked_invalid(values)).filled())
    assert inverse is not None
    found = distances(keyed, keyed.centred(np.nanmean(values, axis=1)), inverse)
    for limit in (0.9, 0.5, 0.1, 0.01):
        error = 4 * np.sqrt(limit * (1 - limit) / 20_000)
        known = found.probability[~np.isnan(found.probability)]
        assert np.mean(known <= limit) == pytest.approx(limit, abs=error)
    one = int(np.flatnonzero((answers == 0).sum(axis=0) == 2)[0])
    assert found.probability[one] == pytest.approx(chi2.sf(found.squared[one], 4))


def test_an_item_that_follows_from_others_has_no_distances() -> None:
    form, rng = rating_form({"s": ("a", "b", "c", "d")}, set()), np.random.default_rng(1)
    answers = rng.integers(1, 6, (4, 100)).astype(np.uint8)
    answers[3] = answers[2]
    assert sheet_figures(form, answers).reasons["mahalanobis"] == "covariance-singular"
    answers[3] = 4
    assert sheet_figures(form, answers).reasons["mahalanobis"] == "covariance-singular"


# --- when nothing is said --------------------------------------------------------------------------


def test_each_figure_that_is_not_given_has_its_reason() -> None:
    form, rng = eight_facets(), np.random.default_rng(2)
    few = sheet_figures(form, respondents(form, 29, "careful", rng))
    assert few.reasons["person_total"] == few.reasons["mahalanobis"] == "fewer-than-30-sheets"
    assert few.reasons["seconds_per_item"] == "no-seconds"
    some = sheet_figures(form, respondents(form, 64, "careful", rng))
    assert some.reasons["mahalanobis"] == "too-few-sheets-for-the-items"
    many = sheet_figures(form, respondents(form, 2_000, "careful", rng))
    assert many.reasons["synonyms"] == "fewer-than-3-pairs"
    small = rating_form({"s": ("a", "b", "c", "d")}, set())
    assert sheet_figures(small, respondents(form, 50, "random", rng)[:4]).reasons["even_odd"] == (
        "fewer-than-5-scales"
    )


def test_of_situations_only_runs_of_letters_and_time_count() -> None:
    form = make_form(read_folder(LIBRARY / "leadership-style").questionnaire, "self")
    rng = np.random.default_rng(4)
    answers = rng.integers(1, 5, (20, 100)).astype(np.uint8)
    answers[:, 0] = 2
    seconds = np.full(100, 400.0)
    seconds[:2] = 80
    found = sheet_figures(form, answers, seconds)
    assert set(found.figures) == {"longest_run", "average_run", "seconds_per_item"}
    assert {found.reasons[index] for index in ("even_odd", "mahalanobis", "variability")} == {"situations"}
    assert np.flatnonzero(found.flagged).tolist() == [0]  # fast alone is no flag


def test_one_kind_of_sign_alone_gives_no_flags_and_says_so() -> None:
    form = rating_form({"s": ("a", "b", "c", "d")}, set())
    found = response_quality(sheet_figures(form, np.full((4, 5), 3, np.uint8)))
    assert (found.flagged, found.flag_rate, found.reason) == (None, None, "fewer-than-2-kinds")


def test_wrong_answers_and_shapes_are_refused() -> None:
    form = eight_facets()
    good = np.ones((32, 3), np.uint8)
    with pytest.raises(BadAnswers):
        sheet_figures(form, good[:31])
    with pytest.raises(BadAnswers):
        sheet_figures(form, good.astype(np.int64))  # type: ignore[arg-type]
    with pytest.raises(BadAnswers, match="number 2 has an answer to f1i2"):
        sheet_figures(form, np.where(np.indices(good.shape).sum(0) == 2, np.uint8(6), good)[:, :2])
    with pytest.raises(ValueError, match="times"):
        sheet_figures(form, good, [1.0, 2.0])
    with pytest.raises(ValueError, match="order of asking"):
        sheet_figures(form, good, asked=np.zeros((2, 2), np.int64))


# --- signs and flags -------------------------------------------------------------------------------


def test_the_cuts_are_fixed() -> None:
    """Changed cuts change who is asked: the table in docs/measurement.md must then be made anew."""
    form = eight_facets()
    assert {sign.index: (sign.kind, sign.side, sign.cut(form)) for sign in SIGNS} == {
        "longest_run": ("alike", "from", 16.0),
        "variability": ("alike", "to", 0.25),
        "even_odd": ("inconsistent", "to", 0.0),
        "synonyms": ("inconsistent", "to", 0.0),
        "mahalanobis_probability": ("unusual", "under", 0.001),
        "person_total": ("unusual", "to", -0.3),
        "seconds_per_item": ("fast", "under", 2.0),
    }
    assert (run_cut(4), run_cut(20), run_cut(33)) == (10, 10, 17)
    assert common_options(form) == (1, 2, 3, 4, 5)


def flag_rate(form: Form, kind: Kind, seconds_each: float, rng: np.random.Generator) -> float:
    """The share flagged among 300 of a kind, in a sample of 3,000 that is otherwise careful."""
    answers = respondents(form, 3_000, "careful", rng)
    seconds = 32 * 7 * np.exp(0.4 * rng.normal(size=3_000))
    answers[:, :300] = respondents(form, 300, kind, rng)
    if kind != "careful":
        seconds[:300] = seconds_each * 32
    return float(sheet_figures(form, answers, seconds).flagged[:300].mean())


@pytest.mark.parametrize(
    ("reverse", "kind", "seconds_each", "low", "high"),
    [
        (True, "careful", 7, 0.0, 0.01),
        (False, "careful", 7, 0.0, 0.01),
        (True, "random", 7, 0.38, 0.58),
        (True, "random", 1.5, 0.89, 1.0),
        (True, "straight", 7, 0.02, 0.40),
        (False, "straight", 7, 0.08, 0.30),
        (False, "straight", 1.5, 0.88, 1.0),
    ],
)
def test_rates_of_flags_are_as_documented(
    reverse: bool, kind: Kind, seconds_each: float, low: float, high: float
) -> None:
    """Bounds around the table of docs/measurement.md (benchmarks/response_quality.py makes it)."""
    assert low <= flag_rate(eight_facets(reverse), kind, seconds_each, np.random.default_rng(5)) <= high


def test_results_go_to_json_and_back() -> None:
    form, rng = eight_facets(), np.random.default_rng(8)
    found = sheet_figures(form, respondents(form, 200, "careful", rng), np.full(200, 200.0))
    summary, rows = response_quality(found), sheet_rows(found)
    assert msgspec.json.decode(msgspec.json.encode(summary), type=ResponseQuality) == summary
    assert msgspec.json.decode(msgspec.json.encode(rows), type=tuple[SheetQuality, ...]) == rows
    assert len(rows) == summary.n == 200
    assert summary.flagged == sum(row.flagged for row in rows)
    assert all(index.spread is None for index in response_quality(found, single_sheets=False).indices)
    by_id = {index.id: index for index in summary.indices}
    assert by_id["longest_run"].mean == pytest.approx(np.mean([row.figures["longest_run"] for row in rows]))
    assert by_id["longest_run"].signs == sum("longest_run" in row.signs for row in rows)
