"""Respondents as cells: nobody is in a cell that is too small, and nobody is lost without need."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.disclosure.partition import Partition, partition
from assess.disclosure.thresholds import GroupTooSmall

Tree = dict[str, str | None]


def units_of(found: Partition) -> list[set[str]]:
    return [set(cell.units) for cell in found.cells]


def test_a_unit_with_enough_people_is_a_cell_of_its_own() -> None:
    found = partition({"all": None, "north": "all", "south": "all"}, {"north": 5, "south": 7}, 5)
    assert units_of(found) == [{"north"}, {"south"}]
    assert found.groups["north"].people == 5
    assert found.groups["north"].units == ("north",)
    assert found.groups["all"].people == 12


def test_small_siblings_come_together_in_their_declared_order() -> None:
    tree: Tree = {"all": None, "a": "all", "b": "all", "c": "all", "d": "all"}
    found = partition(tree, {"a": 3, "b": 2, "c": 4, "d": 1}, 5)
    assert units_of(found) == [{"a", "b"}, {"c", "d"}]
    assert found.groups["a"].units == ("a", "b")
    assert not found.groups["a"].own
    assert found.groups["a"].whole


def test_a_rest_joins_the_next_sibling_and_the_last_one_the_sibling_before() -> None:
    tree: Tree = {"all": None, "a": "all", "b": "all", "c": "all"}
    assert units_of(partition(tree, {"a": 2, "b": 8, "c": 8}, 5)) == [{"a", "b"}, {"c"}]
    assert units_of(partition(tree, {"a": 8, "b": 8, "c": 2}, 5)) == [{"a"}, {"b", "c"}]


def test_a_unit_without_siblings_goes_together_with_those_of_the_unit_above() -> None:
    tree: Tree = {"all": None, "north": "all", "shop": "north", "south": "all"}
    found = partition(tree, {"shop": 3, "south": 6}, 5)
    assert units_of(found) == [{"shop", "south"}]
    assert found.groups["north"].units == ("shop", "south")


def test_leaders_of_units_come_together_further_up_so_that_the_figures_of_teams_stay_those_of_teams() -> None:
    tree: Tree = {"all": None}
    people = {"all": 1}
    for region in "abcd":
        tree[region] = "all"
        people[region] = 1
        for shop in "12":
            tree[region + shop] = region
            people[region + shop] = 6
    found = partition(tree, people, 5)
    assert {"all", "a", "b", "c", "d"} in units_of(found)
    assert found.groups["a"].units == ("a1", "a2")
    assert found.groups["a"].people == 12
    assert not found.groups["a"].whole, "the region's own leader is counted further up only"
    assert found.groups["all"].people == 53


def test_a_leader_without_company_goes_into_a_cell_of_the_own_unit() -> None:
    found = partition({"all": None, "a": "all", "b": "all"}, {"all": 1, "a": 6, "b": 6}, 5)
    assert units_of(found) == [{"all", "a"}, {"b"}]
    assert found.groups["all"].people == 13


def test_too_few_people_at_all_are_no_cell() -> None:
    found = partition({"all": None, "a": "all", "b": "all"}, {"a": 2, "b": 2}, 5)
    assert found.cells == ()
    assert dict(found.groups) == {}
    assert set(found.left_out) == {"a", "b"}


def test_a_unit_of_nobody_has_no_group() -> None:
    assert "b" not in partition({"a": None, "b": None}, {"a": 9}, 5).groups


def test_a_group_of_three_is_refused() -> None:
    with pytest.raises(GroupTooSmall):
        partition({"a": None}, {"a": 9}, 3)


@pytest.mark.parametrize("tree", [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "z"}])
def test_what_is_no_tree_is_refused(tree: Tree) -> None:
    with pytest.raises(ValueError, match=r"ring|unknown"):
        partition(tree, {}, 5)


def test_people_of_an_unknown_unit_are_refused() -> None:
    with pytest.raises(ValueError, match="'z'"):
        partition({"a": None}, {"z": 9}, 5)


@st.composite
def organisations(draw: st.DrawFn) -> tuple[Tree, dict[str, int], int]:
    size = draw(st.integers(1, 30))
    tree: Tree = {}
    for number in range(size):
        above = draw(st.integers(-1, number - 1))
        tree[f"u{number}"] = None if above < 0 else f"u{above}"
    people = {name: draw(st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 9, 20])) for name in tree}
    return tree, people, draw(st.integers(4, 10))


def beneath(tree: Tree, unit: str) -> set[str]:
    inside = {unit}
    while True:
        more = {name for name, above in tree.items() if above in inside} - inside
        if not more:
            return inside
        inside |= more


@settings(max_examples=300, deadline=None)
@given(organisations())
def test_every_cell_is_large_enough_and_nobody_is_lost(case: tuple[Tree, dict[str, int], int]) -> None:
    tree, people, least = case
    found = partition(tree, people, least)
    placed = [unit for cell in found.cells for unit in cell.units]
    assert len(placed) == len(set(placed))
    assert all(cell.people == sum(people[unit] for unit in cell.units) >= least for cell in found.cells)
    everybody = {unit for unit, count in people.items() if count}
    assert set(placed) | set(found.left_out) == everybody
    assert bool(found.left_out) == (0 < sum(people.values()) < least)


@settings(max_examples=300, deadline=None)
@given(organisations())
def test_groups_are_unions_of_whole_cells_of_the_unit_or_of_all_cells_that_it_is_in(
    case: tuple[Tree, dict[str, int], int],
) -> None:
    tree, people, least = case
    found = partition(tree, people, least)
    for unit in tree:
        inside = beneath(tree, unit)
        wholly = [n for n, cell in enumerate(found.cells) if set(cell.units) <= inside]
        touched = [n for n, cell in enumerate(found.cells) if set(cell.units) & inside]
        group = found.groups.get(unit)
        assert (group is None) == (not touched)
        if group is None:
            continue
        assert list(group.cells) == (wholly or touched)
        assert group.own == bool(wholly)
        assert group.whole == (list(group.cells) == touched)
        assert group.people == sum(found.cells[n].people for n in group.cells)
        assert sorted(group.units) == sorted(u for n in group.cells for u in found.cells[n].units)


@settings(max_examples=200, deadline=None)
@given(organisations())
def test_a_group_less_groups_that_lie_in_it_is_never_a_few_people(
    case: tuple[Tree, dict[str, int], int],
) -> None:
    tree, people, least = case
    found = partition(tree, people, least)
    for group in found.groups.values():
        rest = set(group.units)
        for child, above in tree.items():
            if above == group.unit and child in found.groups:
                rest -= set(found.groups[child].units)
        left = sum(people[unit] for unit in rest)
        assert left == 0 or left >= least
