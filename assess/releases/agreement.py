"""How far the people of a group are alike on a scale: r_wg(j), and whether a mean may be called the group's.

Of people who each speak of themselves it says how like they are, not how well raters agree. It is told under
the floor of distributions only, in steps; see docs/decisions/0013.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec
import numpy as np
import numpy.typing as npt

from assess.measurement.grouped import grouped_icc
from assess.measurement.within_group import within_groups
from assess.releases.figures import Frozen, MeasureFigure, in_steps
from assess.releases.respondents import Respondents
from assess.scoring.form import Form, ItemKey
from assess.scoring.precision import Floats

AGREEMENT_STEP = 0.1
AGREED = 0.70
"""From here on people are said to agree: a convention, no magic line (LeBreton & Senter 2008)."""
ALL = 0.9
"""More is never told: r_wg(j) of one would be everybody's answer to every question."""
LEAST_CELLS = 5
"""Cells from which on it is told how far they differ."""
ICC_STEP = 0.05
_TINY = 1e-9


class CellIcc(Frozen, frozen=True):
    """How far the cells of a release differ on one scale, in steps of 0.05: ICC(1), the part of the variation
    that lies between cells, with its interval, and ICC(2), the reliability of a cell's mean."""

    icc1: float
    icc2: float
    low: float
    high: float
    cells: int
    people: int


def scale_agreement(form: Form, answers: Floats) -> dict[str, float]:
    """r_wg(j) against the uniform null of each scale of `form`, rounded down to steps of 0.1, at most 0.9.

    `answers`: float64, items (as `form.items`) × people, keyed values (reversed ones turned), NaN = missing;
    someone who has answered about several job areas has the mean of each item. A scale is left out where its
    items have not all the same number of options in steps of one, or nobody has answered.
    Rounded down, so that what is told reaches 0.7 only where the figure does. Raises `ValueError` for a shape
    that does not fit.
    """
    if answers.ndim != 2 or len(answers) != len(form.items):
        raise ValueError("answers are items × people, one row for each item of the form")
    one_group = np.zeros(answers.shape[1], np.intp)
    found: dict[str, float] = {}
    for scale in form.scales:
        options = _options(form.items[row] for row in scale.rows)
        if options is None or not answers.shape[1]:
            continue
        [group] = within_groups(answers[list(scale.rows)], one_group, options)
        if group.uniform is not None:
            found[scale.id] = min(in_steps(group.uniform, AGREEMENT_STEP, math.floor), ALL)
    return found


def agrees(agreement: float | None) -> bool | None:
    """Whether a group's mean may be called the group's; None where nothing is known."""
    return None if agreement is None else agreement >= AGREED - _TINY


def as_told(figure: MeasureFigure) -> MeasureFigure:
    """The figure as a reader is told it: where people are known to differ there is no mean, range or change
    to call the group's."""
    if agrees(figure.agreement) is not False:
        return figure
    return msgspec.structs.replace(figure, mean=None, low=None, high=None, band=None, trend=None)


def cell_icc(
    found: Respondents, cell_of: Mapping[str, int], wide_cell_of: Mapping[str, int], interval: float
) -> dict[str, CellIcc] | None:
    """How far the cells differ, by scale, from the people who also stand in the cells of distributions.

    The variation within cells is a sum over those wider cells of ten people or more, so that it is published
    under their guard; where one cell would be told of in part only, nothing is. None under five cells. A
    scale is left out where its ICC is not defined. `interval`: coverage of the interval of ICC(1), 0–1.
    """
    inside = [column for column, name in enumerate(found.people) if name in wide_cell_of and name in cell_of]
    cells = [cell_of[found.people[column]] for column in inside]
    whole = Counter(cell_of[name] for name in found.people if name in cell_of)
    told = Counter(cells)
    is_whole = len(inside) == len(wide_cell_of) and all(told[cell] == whole[cell] for cell in told)
    if len(told) < LEAST_CELLS or not is_whole:
        return None
    icc: dict[str, CellIcc] = {}
    for measure, values in zip(found.measures, found.values[:, inside], strict=True):
        made = grouped_icc(values, np.array(cells, np.intp), (interval,))
        if measure.kind == "mean" and made.icc1 is not None and made.icc2 is not None and made.reason is None:
            ends = made.icc1_intervals[0]
            icc[measure.id] = CellIcc(
                icc1=in_steps(made.icc1, ICC_STEP),
                icc2=in_steps(made.icc2, ICC_STEP),
                low=in_steps(ends.low, ICC_STEP, math.floor),
                high=in_steps(ends.high, ICC_STEP, math.ceil),
                cells=len(told),
                people=len(inside),
            )
    return icc or None


def keyed_answers(form: Form, people: Iterable[Iterable[Mapping[str, object]]]) -> Floats:
    """The matrix that `scale_agreement` takes: of each person the answer sheets (item id → position; 0 or
    anything that is no number: missing), one for each job area."""
    keys = {item.id: (row, item.keyed) for row, item in enumerate(form.items)}
    columns = []
    for sheets in people:
        sums, counts = np.zeros(len(keys)), np.zeros(len(keys))
        for given in sheets:
            for item_id, position in given.items():
                if item_id in keys and isinstance(position, int) and position:
                    row, keyed = keys[item_id]
                    sums[row] += keyed[position - 1]
                    counts[row] += 1
        columns.append(means(sums, counts))
    return np.array(columns, np.float64).reshape(-1, len(keys)).T


def means(sums: npt.NDArray[np.number], counts: npt.NDArray[np.number]) -> Floats:
    """Sum over count, NaN where there is nothing."""
    found = np.full(sums.shape, np.nan)
    np.divide(sums, counts, out=found, where=counts > 0)
    return found


def _options(items: Iterable[ItemKey]) -> int | None:
    """How many options each of these items has, in steps of one; None where they differ."""
    sizes = {
        len(item.values) if sorted(item.values) == list(range(item.lo, item.hi + 1)) else 0 for item in items
    }
    size = sizes.pop() if len(sizes) == 1 else 0
    return size if size >= 2 else None
