"""Data sets and simulated respondents for the tests of response quality."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from example_definitions import definition

from assess.scoring.form import Form, make_form
from questionnaires.definition import OptionSet, RatingItem, Scale

TESTS = Path(__file__).parents[1]
Kind: TypeAlias = Literal["careful", "random", "straight"]


def rating_form(
    scales: dict[str, tuple[str, ...]], reversed_items: set[str], options: int = 5, **parts: Any
) -> Form:
    """A form of rating items on 1…options, in the order of the scales."""
    made = definition(
        options={"fit": OptionSet(values=tuple(range(1, options + 1)))},
        items=tuple(
            RatingItem(id=item, options="fit", reason="…", reverse=item in reversed_items)
            for items in scales.values()
            for item in items
        ),
        scales={name: Scale(min_answered=1, items=items) for name, items in scales.items()},
        **parts,
    )
    return make_form(made.questionnaire, "self")


def bfi() -> tuple[Form, npt.NDArray[np.uint8]]:
    """60 people of psych's `bfi` (tests/data/README.md)."""
    scales = {letter: tuple(f"{letter}{number}" for number in range(1, 6)) for letter in "ACENO"}
    form = rating_form(scales, {"A1", "C4", "C5", "E1", "E2", "O2", "O5"}, 6)
    return form, _read(TESTS / "data" / "bfi-excerpt.csv", form)


def simulated() -> tuple[Form, npt.NDArray[np.uint8]]:
    """120 simulated people, reverse keys and missing answers (tests/references/response_quality.py)."""
    scales = {f"s{scale}": tuple(f"s{scale}i{item}" for item in range(1, 5)) for scale in range(1, 7)}
    form = rating_form(scales, {f"s{scale}i{item}" for scale in range(1, 7) for item in (2, 4)})
    return form, _read(TESTS / "references" / "response_quality.csv", form)


def _read(path: Path, form: Form) -> npt.NDArray[np.uint8]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return np.array([[int(row[item.id] or 0) for row in rows] for item in form.items], np.uint8)


def eight_facets(reverse: bool = True) -> Form:
    """Shaped like job maturity: eight facets of four items on 1–5; with `reverse`, each facet's last one is
    reversed."""
    scales = {f"f{facet}": tuple(f"f{facet}i{item}" for item in range(1, 5)) for facet in range(1, 9)}
    return rating_form(scales, {f"f{facet}i4" for facet in range(1, 9)} if reverse else set())


def respondents(
    form: Form, n: int, kind: Kind, rng: np.random.Generator, missing: float = 0.02
) -> npt.NDArray[np.uint8]:
    """Answers to `eight_facets`, items × n.

    Careful ones have facets that correlate .32 to .70 (a general trait, two domains), items that load √.45 on
    them, easiness with SD .25, a mean of .65 SD and some acquiescence (SD .12), as the demo organisation has
    them. Random ones choose each option alike; straight ones have one option, with one item in twenty moved.
    """
    items = len(form.items)
    if kind == "random":
        answers = rng.integers(1, 6, (items, n))
    elif kind == "straight":
        answers = np.repeat(rng.integers(2, 6, (1, n)), items, axis=0)
        answers -= rng.random(answers.shape) < 0.05
    else:
        answers = _careful(form, n, rng)
    answers[rng.random(answers.shape) < missing] = 0
    return answers.astype(np.uint8)


def _careful(form: Form, n: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    domains = np.sqrt(0.45) * rng.normal(size=n) + np.sqrt(0.55) * rng.normal(size=(2, n))
    facets = np.sqrt(0.7) * np.repeat(domains, 4, axis=0) + np.sqrt(0.3) * rng.normal(size=(8, n))
    latent = np.sqrt(0.45) * np.repeat(facets, 4, axis=0)
    latent += np.sqrt(0.55) * rng.normal(size=latent.shape) + rng.normal(0, 0.25, (len(latent), 1)) + 0.65
    turned = np.array([-1.0 if item.reversed else 1.0 for item in form.items])[:, np.newaxis]
    latent = turned * latent + rng.normal(0, 0.12, n)
    return 1 + sum((latent > cut).astype(np.int64) for cut in (-1.5, -0.5, 0.5, 1.5))
