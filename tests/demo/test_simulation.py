from __future__ import annotations

import numpy as np
import pytest
from example_definitions import definition, maturity, plain_scale, situations

from assess.demo.simulation import Simulation, Traits, simulate
from assess.scoring.form import Form, make_form
from assess.scoring.rating_scales import score
from questionnaires.definition import (
    Definition,
    OptionSet,
    Perspective,
    PerspectiveId,
    Precision,
    RatingItem,
    Scale,
    ZeroToTenItem,
)

PEOPLE = 4000
RELIABILITY = {"technical": 0.87, "psychological": 0.80}


def with_reliability() -> Definition:
    precision = {domain: Precision(reliability=value, sd=0.6) for domain, value in RELIABILITY.items()}
    return maturity(precision={"self": precision, "manager": precision})


@pytest.fixture(scope="module")
def simulated() -> Simulation:
    return simulate(with_reliability().questionnaire, np.random.default_rng(11), PEOPLE, job_areas=2)


def answers_of(simulated: Simulation, perspective: PerspectiveId, area: int = 0) -> tuple[Form, np.ndarray]:
    form = make_form(with_reliability().questionnaire, perspective)
    rows = [simulated.item_ids[perspective].index(item_id) for item_id in form.scored_item_ids]
    return form, np.ascontiguousarray(simulated.positions[perspective][area, rows])


def scores_of(simulated: Simulation, perspective: PerspectiveId, scale: str, area: int = 0) -> np.ndarray:
    form, answers = answers_of(simulated, perspective, area)
    return score(form, answers, {}).score[form.scale_row(scale) or 0]


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    both = ~np.isnan(a) & ~np.isnan(b)
    return float(np.corrcoef(a[both], b[both])[0, 1])


def cronbach(simulated: Simulation, perspective: PerspectiveId, scale: str) -> float:
    """Alpha from its definition, k/(k−1)·(1 − Σs²ᵢ/s²ₓ), over complete sheets."""
    form, answers = answers_of(simulated, perspective)
    key = next(found for found in form.scales if found.id == scale)
    rows = answers[list(key.rows)].astype(float)
    rows = rows[:, (rows > 0).all(axis=0)]
    keyed = np.array(
        [6 - row if form.items[place].reversed else row for place, row in zip(key.rows, rows, strict=True)]
    )
    k = len(keyed)
    return float(k / (k - 1) * (1 - keyed.var(axis=1, ddof=1).sum() / keyed.sum(axis=0).var(ddof=1)))


@pytest.mark.parametrize("domain", ["technical", "psychological"])
def test_self_and_manager_correlate_as_little_as_people_do(simulated: Simulation, domain: str) -> None:
    found = correlation(scores_of(simulated, "self", domain), scores_of(simulated, "manager", domain))
    assert found == pytest.approx(0.25, abs=0.05)


@pytest.mark.parametrize("perspective", ["self", "manager"])
@pytest.mark.parametrize("domain", ["technical", "psychological"])
def test_alpha_is_near_the_reliability_of_the_file(
    simulated: Simulation, perspective: PerspectiveId, domain: str
) -> None:
    assert cronbach(simulated, perspective, domain) == pytest.approx(RELIABILITY[domain], abs=0.03)


def test_facets_hang_together_more_than_domains_and_domains_more_than_nothing(simulated: Simulation) -> None:
    def own(scale: str) -> np.ndarray:
        return scores_of(simulated, "self", scale)

    within = correlation(own("knowledge"), own("skill"))
    between = correlation(own("knowledge"), own("will"))
    assert within > between + 0.1 > 0.2


def test_a_person_is_similar_but_not_the_same_in_another_job_area(simulated: Simulation) -> None:
    first, second = (scores_of(simulated, "self", "technical", area) for area in (0, 1))
    # half of the standing is shared, and of what is seen alpha is signal: about .5 × .87
    assert correlation(first, second) == pytest.approx(0.435, abs=0.06)


def test_answers_use_the_whole_scale_and_a_few_are_missing(simulated: Simulation) -> None:
    positions = simulated.positions["self"][0, :32]
    shares = np.bincount(positions.ravel(), minlength=6) / positions.size
    assert (shares[1:] > 0.02).all()
    assert shares[0] == pytest.approx(Traits().missing, abs=0.005)


def test_self_ratings_are_a_little_kinder(simulated: Simulation) -> None:
    gap = np.nanmean(scores_of(simulated, "self", "will")) - np.nanmean(
        scores_of(simulated, "manager", "will")
    )
    assert 0.05 < gap < 0.4


def test_the_same_seed_gives_the_same_answers() -> None:
    questionnaire = maturity().questionnaire
    first, again, other = (simulate(questionnaire, np.random.default_rng(seed), 20) for seed in (5, 5, 6))
    assert first.answers("self", 0, 7) == again.answers("self", 0, 7)
    assert first.answers("self", 0, 7) != other.answers("self", 0, 7)


def test_every_answer_is_an_option_of_an_item_that_the_perspective_is_asked() -> None:
    questionnaire = maturity().questionnaire
    found = simulate(questionnaire, np.random.default_rng(1), 50, job_areas=3)
    assert found.positions["manager"].shape == (3, 32, 50)
    assert set(found.answers("self", 2, 0)) == {*make_form(questionnaire, "self").item_ids} - {"remark"}
    assert found.positions["self"][:, :32].max() == 5
    assert set(np.unique(found.positions["self"][:, 32])) == {0, 1, 2}  # tenure, optional


def test_items_that_must_be_answered_are() -> None:
    found = simulate(plain_scale((1, 2, 3), 4).questionnaire, np.random.default_rng(1), 2000)
    assert found.positions["self"].min() == 1


def test_options_in_falling_order_and_zero_to_ten_items_are_answered_by_value() -> None:
    mixed = definition(
        options={"falling": OptionSet(values=(7, 3, 1)), "rising": OptionSet(values=(1, 3, 7))},
        items=(
            RatingItem(id="f", options="falling", reason="…"),
            RatingItem(id="r", options="rising", reason="…"),
            ZeroToTenItem(id="z", reason="…"),
            ZeroToTenItem(id="free", reason="…"),
        ),
        scales={"s": Scale(min_answered=1, items=("f", "r", "z"))},
        perspectives={"self": Perspective()},
    )
    found = simulate(mixed.questionnaire, np.random.default_rng(2), 3000).positions["self"][0].astype(float)
    assert correlation(found[0], found[1]) < -0.3
    assert correlation(found[1], found[2]) > 0.3
    assert correlation(found[1], found[3]) > 0.1
    assert (found[2].min(), found[2].max()) == (1, 11)


def test_only_rating_scales_are_simulated() -> None:
    with pytest.raises(ValueError, match="not scored by rating scales"):
        simulate(situations().questionnaire, np.random.default_rng(1), 5)
