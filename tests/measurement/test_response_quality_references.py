"""Figures of response quality against careless-py 1.1.0 and base R 4.2.2, on real and on simulated answers.

The numbers were made by tests/references/response_quality.py and response_quality.R.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from quality_examples import TESTS, bfi, simulated

from assess.measurement.response_quality import sheet_figures
from assess.scoring.form import Form

REFERENCES = TESTS / "references"
CARELESS = json.loads((REFERENCES / "response_quality_careless.json").read_text(encoding="utf-8"))
R = json.loads((REFERENCES / "response_quality_r.json").read_text(encoding="utf-8"))
SETS = {"bfi": bfi, "simulated": simulated}

DataSet = Callable[[], tuple[Form, npt.NDArray[np.uint8]]]


def close(found: npt.NDArray[Any], expected: list[float | None]) -> None:
    wanted = np.array([np.nan if x is None else x for x in expected], np.float64)
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-9, equal_nan=True)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("index", ["longest_run", "average_run", "variability", "person_total"])
def test_figures_are_those_of_careless_py(name: str, index: Any) -> None:
    found = sheet_figures(*SETS[name]())
    close(found.figures[index], CARELESS[name][index])


@pytest.mark.parametrize("name", SETS)
def test_distances_and_synonyms_of_complete_sheets_are_those_of_careless_py(name: str) -> None:
    form, answers = SETS[name]()
    expected = CARELESS[name]
    complete = np.ascontiguousarray(answers[:, expected["complete"]])
    found = sheet_figures(form, complete)
    assert len(found.pairs) == expected["synonym_pairs_of_complete"]
    for index, key in [
        ("mahalanobis", "mahalanobis_squared_of_complete"),
        ("synonyms", "synonyms_of_complete"),
    ]:
        if index in found.reasons:
            assert complete.shape[1] <= 2 * len(form.items)
            continue
        undefined = np.isnan(found.figures[index])  # careless-py says 0 where an answer never varies
        wanted = np.array(expected[key], np.float64)
        assert (np.abs(wanted[undefined]) < 1e-12).all()
        np.testing.assert_allclose(found.figures[index][~undefined], wanted[~undefined], rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", SETS)
def test_with_missing_answers_figures_are_those_of_r(name: str) -> None:
    found = sheet_figures(*SETS[name]())
    assert len(found.pairs) == R[name]["pairs"] >= 3
    close(found.figures["even_odd"], R[name]["even_odd"])
    close(found.figures["mahalanobis"], R[name]["mahalanobis"])
    close(found.figures["mahalanobis_probability"], R[name]["probability"])
    close(found.figures["synonyms"], R[name]["synonyms"])
