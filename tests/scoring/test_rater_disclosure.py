"""What the figures of a small group tell about the single people in it: never enough for one solution."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest
from example_definitions import choices, leadership
from hypothesis import given
from hypothesis import strategies as st

from assess.scoring.form import make_form
from assess.scoring.profile import make_profile
from assess.scoring.rater_figures import chosen_styles, figures_of, figures_of_sheets
from assess.scoring.rater_steps import FIT_STEP, SHARE_STEP, in_steps, largest_remainders, rounded_row
from assess.scoring.raters import rater_group
from assess.scoring.style_results import RaterGroup
from assess.scoring.tally import Answers

LEADERSHIP = leadership()
OWN = make_profile(LEADERSHIP, "self", choices("12341234123412341234"))
SITUATIONS = make_form(LEADERSHIP.questionnaire, "direct-report").situations
FIGURES = figures_of(SITUATIONS)
RATERS, ASKED = 5, 12

Styles = npt.NDArray[np.int64]
Singles = tuple[float, ...]
TENDENCIES = (
    "S1 throughout",
    "S2 throughout",
    "follows the situation",
    "one mind",
    "mostly alike",
    "one tendency",
    "own tendencies",
    "no tendency",
)


def simulated(tendency: str, rng: np.random.Generator) -> Styles:
    """Styles of five raters in twelve situations, by row of S1…S4."""
    alike = rng.integers(0, 4, (ASKED, 1))
    any_style = rng.integers(0, 4, (ASKED, RATERS))
    one = np.ones((ASKED, RATERS), np.int64)
    shares = rng.dirichlet(np.ones(4), RATERS)
    found: dict[str, Styles] = {
        "S1 throughout": 0 * one,
        "S2 throughout": one,
        "follows the situation": one * (np.arange(ASKED) % 4)[:, np.newaxis],
        "one mind": one * alike,
        "mostly alike": np.where(rng.random((ASKED, RATERS)) < 0.15, any_style, alike),
        "one tendency": rng.choice(4, (ASKED, RATERS), p=shares[0]),
        "own tendencies": np.stack([rng.choice(4, ASKED, p=row) for row in shares], axis=1),
        "no tendency": any_style,
    }
    return found[tendency]


def positions(styles: Styles) -> Answers:
    """The answers with these styles."""
    rows = zip(SITUATIONS, styles, strict=True)
    return np.array([[key.actions.index(f"S{at + 1}") + 1 for at in row] for key, row in rows], np.uint8)


def published(styles: Styles) -> RaterGroup:
    return rater_group(LEADERSHIP, OWN, positions(styles))


def singles(styles: Styles) -> list[Singles]:
    """Each figure of each rater, without who it is: what somebody who solves would find."""
    found = figures_of_sheets(FIGURES, chosen_styles(SITUATIONS, positions(styles)))
    return [tuple(np.sort(row).round(6).tolist()) for row in found]


ROWS = {
    table: tuple(rounded_row(table))
    for table in itertools.product(range(16), repeat=4)
    if sum(table) == RATERS * 3
}
"""All that five raters can answer in the three situations of a level, and what is made of it."""


def near(styles: Styles, rng: np.random.Generator, tries: int) -> Iterator[Styles]:
    """Other groups behind the same table: at each level any answers that round alike, dealt out anew."""
    levels = [np.arange(level, ASKED, 4) for level in range(4)]
    tables = [tuple(np.bincount(styles[rows].ravel(), minlength=4).tolist()) for rows in levels]
    alike = [[other for other, row in ROWS.items() if row == ROWS[table]] for table in tables]
    for _ in range(tries):
        found = np.empty_like(styles)
        for rows, choice in zip(levels, alike, strict=True):
            answers = np.repeat(np.arange(4), choice[rng.integers(len(choice))])
            found[rows] = rng.permutation(answers).reshape(3, RATERS)
        yield found


def solutions(styles: Styles, rng: np.random.Generator) -> list[int]:
    """How many multisets of single figures give the very same output, of each figure: at least so many."""
    told = published(styles)
    found = [{one} for one in singles(styles)]
    for other in near(styles, rng, 300):
        assert published(other) == told
        for known, one in zip(found, singles(other), strict=True):
            known.add(one)
    return [len(known) for known in found]


@pytest.mark.parametrize("tendency", TENDENCIES)
def test_no_output_of_five_raters_has_one_solution(tendency: str) -> None:
    """For each figure there are at least seven sets of five single values behind all that is published, the
    figures with their intervals and the leader's own answers. Seven is what is left where nobody, or one
    rater once, chose something tighter at each of three levels: the partitions of 0, 1, 2 and 3."""
    rng = np.random.default_rng(TENDENCIES.index(tendency))
    for _ in range(5):
        assert min(solutions(simulated(tendency, rng), rng)) >= 7


@pytest.mark.parametrize("answers", [*range(4, 22), 36])
def test_every_row_that_rounds_alike_leaves_open_how_often_anything_was_chosen(answers: int) -> None:
    """All tables of four styles: whatever set of styles a figure counts (one, the tighter, the looser), rows
    behind the same parts differ in it. Rows are rounded each on its own, so this holds for all together."""
    alike: dict[tuple[float, ...], list[tuple[int, ...]]] = {}
    for one, two, three in itertools.product(range(answers + 1), repeat=3):
        if (four := answers - one - two - three) >= 0:
            row = one, two, three, four
            alike.setdefault(tuple(rounded_row(row)), []).append(row)
    sets = [part for size in (1, 2, 3) for part in itertools.combinations(range(4), size)]
    fewest = min(
        len({sum(row[at] for at in part) for row in rows}) for rows in alike.values() for part in sets
    )
    assert fewest >= 2
    assert min(map(len, alike.values())) >= 7


def test_the_example_that_was_solved_is_no_longer_so() -> None:
    """S4 in 0, 0, 2, 2 and 6 of twelve situations was the only set behind "17 % (0–36 %)"."""
    one, other = np.zeros((ASKED, RATERS), np.int64), np.zeros((ASKED, RATERS), np.int64)
    for rater, rows in ((2, (0, 1)), (3, (2, 3)), (4, (4, 5, 6, 7, 8, 9))):
        one[list(rows), rater] = 3
    for rater, rows in enumerate(((0, 1), (2, 3), (4, 5), (6, 7), (8, 9))):
        other[list(rows), rater] = 3
    assert singles(one)[3] == tuple(np.round([0, 0, 2 / 12, 2 / 12, 6 / 12], 6))
    assert len(set(singles(other)[3])) == 1
    assert published(one) == published(other)


@given(st.integers(0, 2**32 - 1))
def test_who_gave_which_answer_changes_nothing_at_all(seed: int) -> None:
    """Answers exchanged between raters within each situation: every rater another sheet, the same output."""
    rng = np.random.default_rng(seed)
    styles = simulated("own tendencies", rng)
    assert published(rng.permuted(styles, axis=1)) == published(styles)


def test_one_other_answer_often_leaves_the_output_as_it_is() -> None:
    """Of all single changes to a group's sheets; how many depends on the group, seldom none."""
    same = []
    rng = np.random.default_rng(4)
    for tendency in TENDENCIES:
        styles = simulated(tendency, rng)
        told = published(styles)
        for cell in rng.choice(ASKED * RATERS, 20, replace=False):
            at, who = divmod(int(cell), RATERS)
            other = styles.copy()
            other[at, who] = (other[at, who] + rng.integers(1, 4)) % 4
            same.append(published(other) == told)
    assert np.mean(same) > 0.2


# --- steps -----------------------------------------------------------------------------------------


def test_a_row_is_rounded_to_parts_of_at_least_three_answers() -> None:
    """15 answers: five parts. 9, 5, 1, 0 are 3, 1⅔ and ⅓ of them; the part left over goes to the ⅔."""
    assert rounded_row((9, 5, 1, 0)) == [0.6, 0.4, 0, 0]
    assert rounded_row((5, 5, 5, 0)) == [0.4, 0.4, 0.2, 0]
    assert rounded_row((1, 4, 0, 0)) == [0, 1, 0, 0]
    assert rounded_row((2, 0, 0, 0)) == [1, 0, 0, 0]


def test_parts_go_to_the_largest_remainders_and_at_a_tie_to_the_larger_share() -> None:
    """4⅔, 8⅔ and 6⅔ of twenty parts: one by one they would be 5, 9 and 7, which are 21."""
    assert largest_remainders([0, 14 / 60, 26 / 60, 20 / 60], 20) == [0, 4, 9, 7]
    assert largest_remainders([0.5, 0.3, 0.2, 0], 20) == [10, 6, 4, 0]


def test_numbers_go_to_the_next_step_and_ends_outwards() -> None:
    assert [in_steps(number, 0.05) for number in (0.0, 0.024, 0.025, 1 / 6, 0.975)] == [0, 0, 0.05, 0.15, 1]
    assert (in_steps(0.16, 0.05, "below"), in_steps(0.16, 0.05, "above")) == (0.15, 0.2)
    assert (in_steps(-0.01, 0.05, "below"), in_steps(-0.01, 0.05, "above")) == (-0.05, 0)
    assert math.copysign(1, in_steps(-0.01, 0.05, "above")) == 1
    assert in_steps(3.149999, 0.1) == 3.1


@given(st.integers(-20, 20), st.sampled_from([SHARE_STEP, FIT_STEP]))
def test_a_step_stays_where_it_is(whole: int, step: float) -> None:
    at = round(whole * step, 2)
    assert in_steps(whole * step, step) == at
    assert in_steps(whole * step, step, "below") == in_steps(whole * step, step, "above") == at
