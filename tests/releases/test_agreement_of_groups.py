"""How far the people of a published group are alike, how far cells differ, and who has come and gone."""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec
import numpy as np
import pytest
from shops import Shops, asked_in_shops

from assess.measurement.interval import LEVELS
from assess.releases.agreement import agrees, cell_icc, keyed_answers, scale_agreement
from assess.releases.figures import GroupFigures, MeasureFigure, scale_measure
from assess.releases.making import About, make
from assess.releases.respondents import Respondents
from assess.scoring.form import Form, make_form
from assess.store import Store
from questionnaires.definition import OptionSet, Precision

FORM = make_form(asked_in_shops().questionnaire, "self")


@pytest.fixture
def shops(store: Store) -> Shops:
    made = Shops(store)
    for shop, number in (("Alby", 6), ("Birk", 7), ("Crona", 3), ("Dal", 12)):
        made.enter(shop, number)
    return made


def published(shops: Shops, wave_id: str) -> tuple[dict[str, GroupFigures], About]:
    names = {unit_id: name for name, unit_id in shops.units.items()}
    [release_id] = make(shops.store, wave_id, shops.now)
    with shops.store.read() as q:
        rows = q.release_groups(release_id=release_id)
        about = q.release(id=release_id)["about"]
    groups = {names[row["unit_id"]]: msgspec.json.decode(row["figures"], type=GroupFigures) for row in rows}
    return groups, msgspec.json.decode(about, type=About)


# --- r_wg(j) by hand -------------------------------------------------------------------------------


def by_hand(columns: list[list[float]], options: int) -> float:
    """r_wg(j) = J(1 − s²/σ²) / (J(1 − s²/σ²) + s²/σ²), s² the mean variance of the J items, σ² = (A² − 1)/12
    (James, Demaree & Wolf 1984), rounded down to tenths, at most 0.9."""
    items = len(columns)
    variance = math.fsum(float(np.var(one, ddof=1)) for one in columns) / items
    ratio = variance / ((options**2 - 1) / 12)
    agreement = items * (1 - ratio) / (items * (1 - ratio) + ratio) if ratio < 1 else 0.0
    return min(math.floor(agreement * 10 + 1e-9) / 10, 0.9)


def test_agreement_is_the_published_formula() -> None:
    skill = [[3.0, 4.0, 3.0, 4.0, 2.0], [3.0, 3.0, 5.0, 4.0, 2.0]]
    will = [[1.0, 5.0, 3.0, 4.0, 2.0], [2.0, 4.0, 3.0, 4.0, 2.0]]
    found = scale_agreement(FORM, np.array([*skill, *will]))
    # skill: variances 0.7 and 1.3, mean 1.0, to 2: 0.5; 2·0.5/(2·0.5 + 0.5) = 0.667
    assert found == {"skill": by_hand(skill, 5), "will": by_hand(will, 5)}
    assert found["skill"] == 0.6


def test_more_apart_than_random_answers_is_nought_and_all_alike_is_never_one() -> None:
    apart, alike = [1.0, 5.0, 1.0, 5.0], [3.0, 3.0, 3.0, 3.0]
    assert scale_agreement(FORM, np.array([apart, apart, alike, alike])) == {"skill": 0.0, "will": 0.9}


def test_a_missing_answer_counts_in_no_item() -> None:
    skill = np.array([[3.0, 4.0, np.nan, 4.0], [3.0, 3.0, 5.0, np.nan]])
    found = scale_agreement(FORM, np.vstack([skill, skill]))
    assert found["skill"] == by_hand([[3.0, 4.0, 4.0], [3.0, 3.0, 5.0]], 5)


def test_options_that_are_not_alike_or_not_in_steps_of_one_have_no_agreement() -> None:
    uneven = asked_in_shops(options={"fit": OptionSet(values=(1, 2, 4, 8, 16), cannot_say=True)})
    form: Form = make_form(uneven.questionnaire, "self")
    assert scale_agreement(form, np.ones((4, 10))) == {}


def test_nobody_has_no_agreement_and_another_shape_is_refused() -> None:
    assert scale_agreement(FORM, np.empty((4, 0))) == {}
    with pytest.raises(ValueError, match="one row for each item"):
        scale_agreement(FORM, np.ones((3, 10)))


def test_several_job_areas_are_one_person_with_the_mean_of_each_item() -> None:
    """will-2 is reversed in `tiny`, and so is it here: position 2 counts 4."""
    people = [
        [{"skill-1": 2, "skill-2": 3, "will-1": 4, "will-2": 2}, {"skill-1": 4, "skill-2": 0}],
        [{"skill-1": 5, "remark": "a text", "will-1": None}],
    ]
    found = keyed_answers(FORM, people)
    reversed_ = FORM.items[3].reversed
    assert found[:3, 0].tolist() == [3.0, 3.0, 4.0]
    assert found[3, 0] == (4.0 if reversed_ else 2.0)
    assert found[0, 1] == 5.0
    assert np.isnan(found[1:, 1]).all()


@pytest.mark.parametrize(("agreement", "same"), [(None, None), (0.6, False), (0.7, True), (0.9, True)])
def test_from_seven_tenths_a_mean_is_the_groups(agreement: float | None, same: bool | None) -> None:
    assert agrees(agreement) is same


# --- in a release ----------------------------------------------------------------------------------


def test_only_groups_with_a_distribution_are_told_how_alike_they_are(shops: Shops) -> None:
    answers: Mapping[str, list[int]] = {
        person_id: [3, 3 + place % 2, 1 + 4 * (place % 2), 1 + 4 * (place % 2)]
        for place, person_id in enumerate(shops.everybody())
    }
    groups, _ = published(shops, shops.wave(shops.everybody(), answers))
    for name, group in groups.items():
        told = {one.id: one.agreement for one in group.measures}
        if group.has_distribution:
            assert group.people >= 10, name
            assert told == {"skill": 0.9, "will": 0.0}, name
        else:
            assert set(told.values()) == {None}, name
    assert {name for name, group in groups.items() if group.has_distribution} >= {"Rugbrød", "Øst"}
    assert not groups["Alby"].has_distribution


def test_four_cells_are_too_few_to_tell_how_far_they_differ(shops: Shops) -> None:
    _, about = published(shops, shops.wave(shops.everybody()))
    assert about.icc is None


def test_the_same_people_are_said_to_be_the_same(shops: Shops) -> None:
    make(shops.store, shops.wave(shops.everybody()), shops.now)
    groups, _ = published(shops, shops.wave(shops.everybody(), name="Forår"))
    trends = [one.trend for one in groups["Øst"].measures]
    assert all(one is not None for one in trends)
    assert [(one.same_people, one.came, one.left) for one in trends if one] == [(True, 0, 0)] * 2


def test_many_who_come_are_counted(shops: Shops) -> None:
    make(shops.store, shops.wave(shops.everybody()), shops.now)
    shops.enter("Dal", 6)
    groups, _ = published(shops, shops.wave(shops.everybody(), name="Forår"))
    trends = [one.trend for one in groups["Rugbrød"].measures]
    assert [(one.same_people, one.came, one.left) for one in trends if one] == [(False, 6, 0)] * 2


def test_where_a_few_have_gone_neither_number_is_told(shops: Shops) -> None:
    make(shops.store, shops.wave(shops.everybody()), shops.now)
    shops.enter("Dal", 9)
    gone = shops.people["Dal"][:2]
    stayed = {person_id: shop for person_id, shop in shops.everybody().items() if person_id not in gone}
    groups, _ = published(shops, shops.wave(stayed, name="Forår"))
    trends = [one.trend for one in groups["Rugbrød"].measures]
    assert [(one.same_people, one.came, one.left) for one in trends if one] == [(False, None, None)] * 2


def test_releases_of_before_are_read_as_they_were_made() -> None:
    figure = b"""{"id":"skill","kind":"mean","lo":1.0,"hi":5.0,"mean":3.4,"low":3.0,"high":3.8,"band":null,
        "sd":0.7,"trend":{"difference":0.2,"low":-0.1,"high":0.5,"beyond":false}}"""
    found = msgspec.json.decode(figure, type=MeasureFigure)
    assert (found.mean, found.sd, found.agreement) == (3.4, 0.7, None)
    assert found.trend is not None
    assert (found.trend.same_people, found.trend.came, found.trend.left) == (None, None, None)
    about = b'{"wave_name":"Autumn","least":5,"many":10,"people":28,"merged":0,"seed":1,"nothing":null}'
    assert msgspec.json.decode(about, type=About).icc is None


# --- ICC -------------------------------------------------------------------------------------------


def respondents(values: np.ndarray) -> Respondents:
    """People p0, p1 … with one figure, on a scale of 1–5."""
    number = len(values)
    return Respondents(
        form=FORM,
        measures=(scale_measure("skill", 1, 5, Precision(reliability=0.8, sd=0.8)),),
        people=tuple(f"p{place}" for place in range(number)),
        unit_ids=("unit",) * number,
        values=values[np.newaxis].astype(np.float64),
        level_ids=(),
        levels=None,
        texts={},
        item_sums=np.zeros((4, number), np.int32),
        item_counts=np.zeros((4, number), np.uint8),
    )


def cells(number: int, size: int) -> dict[str, int]:
    return {f"p{place}": place // size for place in range(number * size)}


def test_how_far_cells_differ_by_hand() -> None:
    """Five cells of ten: means 2, 2.5, 3, 3.5, 4, within each five half a point under and five over."""
    values = np.concatenate([np.array([-0.5, 0.5] * 5) + 2 + 0.5 * cell for cell in range(5)])
    # between: 10·Σ(mean − 3)²/4 = 10·2.5/4 = 6.25; within: 50·0.25/45 = 0.2778
    # ICC(1) = (6.25 − 0.2778)/(6.25 + 9·0.2778) = 0.6825; ICC(2) = (6.25 − 0.2778)/6.25 = 0.9556
    found = cell_icc(respondents(values), cells(5, 10), cells(5, 10), LEVELS[0])
    assert found is not None
    skill = found["skill"]
    assert (skill.icc1, skill.icc2, skill.cells, skill.people) == (0.7, 0.95, 5, 50)
    assert skill.low < skill.icc1 < skill.high


def test_under_five_cells_nothing_is_told() -> None:
    assert cell_icc(respondents(np.arange(40) % 5 + 1.0), cells(4, 10), cells(4, 10), 0.9) is None


def test_a_cell_that_would_be_told_of_in_part_keeps_all_of_it_untold() -> None:
    values = np.random.default_rng(1).normal(3, 1, 50)
    narrow, wide = cells(5, 10), cells(5, 10)
    assert cell_icc(respondents(values), narrow, wide, 0.9) is not None
    del wide["p0"]
    assert cell_icc(respondents(values), narrow, wide, 0.9) is None
    wide["p0"] = 0
    del narrow["p0"]
    assert cell_icc(respondents(values), narrow, wide, 0.9) is None


def test_people_outside_the_cells_of_distributions_are_left_out_whole() -> None:
    values = np.random.default_rng(1).normal(3, 1, 56)
    narrow = {**cells(5, 10), **{f"p{place}": 5 for place in range(50, 56)}}
    found = cell_icc(respondents(values), narrow, cells(5, 10), 0.9)
    assert found is not None
    assert (found["skill"].cells, found["skill"].people) == (5, 50)
