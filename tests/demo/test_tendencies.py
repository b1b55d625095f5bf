"""Simulated leaders: their choices follow the shares that were drawn, and those the tendency."""

from __future__ import annotations

import numpy as np
import pytest
from example_definitions import leadership, maturity

from assess.demo.tendencies import STYLES, Tendency, blurred, choose, draw_table
from assess.scoring.form import make_form

EVEN = (0.25, 0.25, 0.25, 0.25)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def chosen(answers: dict[str, int], perspective: str = "self") -> list[tuple[str, str]]:
    """The level and the chosen style of each situation."""
    form = make_form(leadership().questionnaire, perspective)  # type: ignore[arg-type]
    return [(key.calls_for, key.actions[answers[key.id] - 1]) for key in form.situations]


def test_the_shares_of_a_level_lie_around_the_mix_of_fitting_and_habit() -> None:
    tendency = Tendency(fitting=0.6, habit=(0.1, 0.2, 0.3, 0.4), steady=20.0)
    tables = [draw_table(leadership().questionnaire, tendency, rng(seed)) for seed in range(400)]
    for place, level in enumerate(("M1", "M2", "M3", "M4")):
        mean = np.mean([table[level] for table in tables], axis=0)  # type: ignore[index]
        parameters = 20 * (0.4 * np.array(tendency.habit) + 0.6 * np.eye(4)[place]) + 0.05
        # A Dirichlet's mean is parameter / sum; 400 draws of SD < 0.11 leave it within 0.02.
        assert mean == pytest.approx(parameters / parameters.sum(), abs=0.02)


def test_a_leader_who_follows_the_level_alone_chooses_what_is_called_for() -> None:
    questionnaire = leadership().questionnaire
    table = draw_table(questionnaire, Tendency(fitting=1.0, habit=EVEN, steady=1e6), rng())
    pairs = chosen(choose(questionnaire, "self", table, rng(2)))
    assert len(pairs) == 20
    assert all(style[1] == level[1] for level, style in pairs)


def test_a_leader_of_habit_chooses_alike_everywhere() -> None:
    questionnaire = leadership().questionnaire
    table = draw_table(questionnaire, Tendency(fitting=0.0, habit=(0, 1, 0, 0), steady=1e6), rng())
    assert {style for _, style in chosen(choose(questionnaire, "self", table, rng(2)))} == {"S2"}


def test_direct_reports_answer_their_situations_about_a_leader_seen_less_sharply() -> None:
    questionnaire = leadership().questionnaire
    table = draw_table(questionnaire, Tendency(fitting=1.0, habit=EVEN, steady=1e6), rng())
    answers = choose(questionnaire, "direct-report", blurred(table, 0.5), rng(2))
    assert len(answers) == 12
    for level, place in (("M1", 0), ("M4", 3)):
        seen = blurred(table, 0.5)[level]  # type: ignore[index]
        assert seen == pytest.approx(0.5 * np.eye(4)[place] + 0.125, abs=1e-5)


def test_the_same_generator_gives_the_same_choices() -> None:
    questionnaire = leadership().questionnaire

    def sheet(seed: int) -> dict[str, int]:
        generator = rng(seed)
        table = draw_table(questionnaire, Tendency(fitting=0.5, habit=EVEN), generator)
        return choose(questionnaire, "self", table, generator)

    assert sheet(1) == sheet(1)
    assert sheet(1) != sheet(2)


def test_a_questionnaire_without_situations_is_refused() -> None:
    with pytest.raises(ValueError, match="no situations"):
        draw_table(maturity().questionnaire, Tendency(fitting=0.5, habit=EVEN), rng())
    with pytest.raises(ValueError, match="no situations"):
        choose(maturity().questionnaire, "self", dict.fromkeys(("M1",), np.ones(len(STYLES)) / 4), rng())
