"""Sums and counts of keyed answers, in small integers over blocks of respondents that fit the cache."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from assess.scoring.form import Form, ItemKey, ScaleKey

Answers: TypeAlias = npt.NDArray[np.uint8]
"""C-contiguous, item-major: rows are `Form.items`, columns respondents; positions 1…m, 0 = missing."""

Unsigned: TypeAlias = npt.NDArray[Any]
"""An array of the smallest unsigned integers that hold its numbers: uint8, uint16 or uint32."""

BLOCK = 131_072
"""Respondents at a time: 32 items of a block fill 4 MB. Measured in `benchmarks/scoring.py`."""


class BadAnswers(ValueError):
    """Positions that no respondent can have given; names the item and the respondent, not the answer."""


@dataclass(frozen=True)
class Tally:
    """Sums and counts, scales × respondents. A sum is of keyed value − `bases[scale]` over the answered
    items; `highest[scale]` is the largest that can be."""

    sums: Unsigned
    answered: Unsigned
    bases: tuple[int, ...]
    highest: tuple[int, ...]


def tally(form: Form, answers: Answers) -> Tally:
    """Sum and count the answered items of each scale.

    `answers`: uint8, rows as `form.items`. Raises `BadAnswers` for another shape or type and for a
    position beyond the item's options.
    """
    _check_shape(form, answers)
    plans = _plans(form)
    shape = (len(form.scales), answers.shape[1])
    sums = np.empty(shape, small_unsigned(max((plan.highest for plan in plans), default=0)))
    answered = np.empty(shape, small_unsigned(max((len(scale.rows) for scale in form.scales), default=0)))
    for block in blocks(answers.shape[1]):
        _check_positions(form, answers, block)
        for row, plan in enumerate(plans):
            if not plan.parts:
                _add_items(answers[:, block], plan.addends, sums[row, block], answered[row, block])
        for row, plan in enumerate(plans):
            if plan.parts:
                _add_parts(sums[:, block], plan.parts, row)
                _add_parts(answered[:, block], plan.parts, row)
    return Tally(
        sums=sums,
        answered=answered,
        bases=tuple(plan.base for plan in plans),
        highest=tuple(plan.highest for plan in plans),
    )


@dataclass(frozen=True, slots=True)
class _Addend:
    """What an item adds to a sum at each position (0: nothing). Options that are one apart need no
    look-up: `plain` ones add the position itself, `turned` ones their number of options + 1 − position."""

    row: int
    weights: npt.NDArray[np.int64]
    plain: bool
    turned: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a scale is summed: from the sums of its facets (`parts`) or from its items (`addends`). What
    counts is keyed value − `base`; with the base one under the scale's lowest value, ordinary options add
    their positions."""

    base: int
    highest: int
    parts: tuple[int, ...]
    addends: tuple[_Addend, ...]


def _plans(form: Form) -> tuple[_Plan, ...]:
    return tuple(
        _Plan(
            base=scale.lo - 1,
            highest=len(scale.rows) * (scale.hi - scale.lo + 1),
            parts=_parts(form, scale),
            addends=tuple(_addend(form.items[row], row, scale.lo - 1) for row in scale.rows),
        )
        for scale in form.scales
    )


def _parts(form: Form, scale: ScaleKey) -> tuple[int, ...]:
    """The rows of the facets whose sums add up to this domain's; empty when they do not."""
    parts = [row for row, other in enumerate(form.scales) if other.id in scale.facets]
    items = sorted(item for part in parts for item in form.scales[part].rows)
    plain = all(form.scales[part].lo == scale.lo and not form.scales[part].is_domain for part in parts)
    return tuple(parts) if len(parts) > 1 and plain and items == sorted(scale.rows) else ()


def _addend(item: ItemKey, row: int, base: int) -> _Addend:
    options = len(item.values)
    weights = np.zeros(256, np.int64)
    weights[1 : options + 1] = np.array(item.keyed) - base
    positions = np.arange(1, options + 1)
    plain = np.array_equal(weights[1 : options + 1], positions)
    turned = np.array_equal(weights[1 : options + 1], positions[::-1]) and options < 255
    return _Addend(row, weights, plain, options if turned and not plain else 0)


def small_unsigned(highest: int) -> type[np.unsignedinteger[Any]]:
    """The smallest unsigned type that holds `highest`."""
    for kind in (np.uint8, np.uint16):
        if highest <= np.iinfo(kind).max:
            return kind
    return np.uint32


def blocks(respondents: int, size: int = BLOCK) -> Iterator[slice]:
    """Slices of columns that together cover all respondents."""
    for start in range(0, respondents, size):
        yield slice(start, min(start + size, respondents))


def _check_shape(form: Form, answers: Answers) -> None:
    if answers.ndim != 2 or answers.shape[0] != len(form.items) or answers.dtype != np.uint8:
        raise BadAnswers(
            f"answers to {form.questionnaire_id} are a uint8 matrix of {len(form.items)} rows,"
            f" not {answers.dtype} {answers.shape}"
        )


def _check_positions(form: Form, answers: Answers, block: slice) -> None:
    fewest = min((len(item.values) for item in form.items), default=0)
    if answers[:, block].max(initial=0) <= fewest:
        return
    for row, item in enumerate(form.items):
        column = answers[row, block]
        if column.max(initial=0) > len(item.values):
            place = block.start + int(np.argmax(column > len(item.values)))
            raise BadAnswers(f"respondent number {place + 1} has an answer to {item.id} that is no option")


def _add_items(answers: Answers, addends: tuple[_Addend, ...], sums: Unsigned, answered: Unsigned) -> None:
    """Sum and count a scale. The sum runs one item behind: the first two are added without a copy."""
    given = np.empty(len(sums), np.bool_)
    scratch = (np.empty_like(sums), np.empty_like(sums))
    before: Unsigned | None = None
    for number, addend in enumerate(addends):
        positions = answers[addend.row]
        np.not_equal(positions, 0, out=given)
        if number == 0:
            answered[:] = given.view(np.uint8)
        else:
            answered += given.view(np.uint8)
        weighed = _weighed(addend, positions, given, scratch[number % 2])
        if before is None:
            before = weighed
        else:
            np.add(before, weighed, out=sums, dtype=sums.dtype)
            before = sums
    if before is not sums:
        sums[:] = before


def _weighed(addend: _Addend, positions: Answers, given: npt.NDArray[np.bool_], out: Unsigned) -> Unsigned:
    """What each respondent's position adds; `out` may be used for it."""
    if addend.plain:
        return positions
    if addend.turned:
        np.multiply(given.view(np.uint8), addend.turned + 1, out=out)
        out -= positions
        return out
    return addend.weights.astype(out.dtype)[positions]


def _add_parts(numbers: Unsigned, parts: tuple[int, ...], row: int) -> None:
    target = numbers[row]
    np.add(numbers[parts[0]], numbers[parts[1]], out=target)
    for part in parts[2:]:
        target += numbers[part]
