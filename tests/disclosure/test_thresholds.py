"""How many people a group must have before its numbers are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.disclosure.thresholds import (
    DEFAULT_GROUP,
    LEAST_GROUP,
    GroupTooSmall,
    group_size,
    large_enough,
)


def test_five_people_where_nobody_has_chosen_otherwise() -> None:
    assert group_size() == DEFAULT_GROUP == 5


def test_four_is_the_smallest_that_can_be_chosen() -> None:
    assert group_size(4) == LEAST_GROUP == 4


@given(st.integers(max_value=3))
def test_less_than_four_is_refused(size: int) -> None:
    with pytest.raises(GroupTooSmall, match="the smallest is 4"):
        group_size(size)
    with pytest.raises(GroupTooSmall):
        large_enough(1000, size)


@pytest.mark.parametrize("size", [5.0, "5", None, True])
def test_what_is_no_whole_number_is_refused(size: object) -> None:
    with pytest.raises(TypeError, match="whole number"):
        group_size(size)  # type: ignore[arg-type]


def test_a_group_is_large_enough_from_its_least_size_upward() -> None:
    assert [large_enough(people) for people in (0, 4, 5, 6)] == [False, False, True, True]
    assert [large_enough(people, 4) for people in (3, 4)] == [False, True]
