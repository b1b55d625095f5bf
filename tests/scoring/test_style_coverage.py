"""The intervals cover what docs/leadership-style.md says they cover."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.coverage import (
    SHARES,
    TENDENCIES,
    average_share_coverage,
    index_coverage,
    pooled,
    share_coverage,
)

DOCUMENT = (Path(__file__).parents[2] / "docs" / "leadership-style.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("true", SHARES)
def test_the_document_tells_the_coverage_of_shares(true: float) -> None:
    found = " | ".join(f"{share_coverage(answered, true):.2f}" for answered in (20, 12, 5, 3))
    assert f"\n| {true:.2f} | {found} |\n" in DOCUMENT


@pytest.mark.parametrize("tendencies", TENDENCIES)
def test_the_document_tells_the_coverage_of_the_indices(tendencies: tuple[float, ...]) -> None:
    name = " · ".join(f"{tendency:.2f}" for tendency in tendencies)
    found = " | ".join(f"{index_coverage(each, tendencies, pooled):.2f}" for each in (5, 3))
    assert f"\n| {name} | {found} | " in DOCUMENT


def test_over_the_prior_the_shares_of_a_whole_sheet_are_covered_as_the_interval_says() -> None:
    assert 0.88 <= average_share_coverage(20) <= 0.92


def test_what_scores_scales_does_not_wait_for_scipy() -> None:
    code = "import sys, assess.scoring.profile, assess.scoring.trace; print('scipy' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"
