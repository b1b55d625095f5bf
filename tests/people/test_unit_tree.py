"""The tree of units and the nearest leader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.people.tree import Unit, UnitTree, nearest_leader

TREE = UnitTree.of(
    [
        Unit("shop", "Shop", "nord"),
        Unit("group", "Koncern"),
        Unit("nord", "Nord", "group"),
        Unit("syd", "Syd", "group"),
        Unit("bakery", "Bakery", "nord"),
    ]
)


def test_a_tree_is_walked_up_and_down() -> None:
    assert TREE.roots == ("group",)
    assert TREE.children("group") == ("nord", "syd")
    assert TREE.children("syd") == ()
    assert TREE.above("shop") == ("shop", "nord", "group")
    assert TREE.below("group") == ("group", "nord", "shop", "bakery", "syd")
    assert TREE.path("bakery") == ("Koncern", "Nord", "Bakery")
    assert TREE.parent("group") is None
    with pytest.raises(KeyError):
        TREE.children("unknown")


def test_a_unit_whose_parent_is_not_there_is_a_root() -> None:
    assert UnitTree.of([Unit("a", "A", "gone"), Unit("b", "B", "a")]).roots == ("a",)


def test_the_leader_of_a_unit_is_led_by_the_one_above() -> None:
    leaders = {"group": "direktør", "nord": "bo"}
    assert nearest_leader(TREE, leaders, "amina", "shop") == "bo", "the shop has no leader of its own"
    assert nearest_leader(TREE, leaders, "bo", "nord") == "direktør"
    assert nearest_leader(TREE, leaders, "amina", "syd") == "direktør"
    assert nearest_leader(TREE, leaders, "direktør", "group") is None


def test_who_leads_two_floors_is_led_by_the_third() -> None:
    assert nearest_leader(TREE, {"group": "d", "nord": "bo", "shop": "bo"}, "bo", "shop") == "d"


@given(st.lists(st.integers(0, 8), min_size=9, max_size=9))
def test_no_walk_goes_round_in_a_circle(parents: list[int]) -> None:
    tree = UnitTree.of(Unit(str(n), str(n), str(parent)) for n, parent in enumerate(parents))
    for unit in tree:
        assert len(set(tree.above(unit.id))) == len(tree.above(unit.id))
        assert set(tree.children(unit.id)) <= set(tree.below(unit.id))
        for beneath in tree.below(unit.id):
            assert unit.id in tree.above(beneath)
