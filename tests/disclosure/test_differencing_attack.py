"""Everything published in four waves of two hundred organisations, and somebody who wants to know."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

import pytest
from attacker import Row, told

from assess.disclosure.differencing import Guarded, Published, guarded_partition
from assess.disclosure.partition import partition

WAVES = 4
ORGANISATIONS = 200


@dataclass
class Organisation:
    """Small units, and people who come, leave, come back, move alone or in twos, and answer or do not."""

    chance: random.Random
    least: int
    parents: dict[str, str | None] = field(default_factory=dict)
    belongs: dict[str, str] = field(default_factory=dict)
    away: dict[str, str] = field(default_factory=dict)
    answering: float = 1.0
    turbulence: float = 0.0
    count: int = 0

    @staticmethod
    def nasty(seed: int) -> Organisation:
        chance = random.Random(seed)
        made = Organisation(chance, least=chance.choice([4, 5, 5]))
        made.answering = chance.choice([1.0, 1.0, 0.95, 0.8, 0.6])
        made.turbulence = chance.choice([0.02, 0.05, 0.1, 0.3])
        names = [f"u{number}" for number in range(chance.randint(2, 11))]
        for place, name in enumerate(names):
            made.parents[name] = chance.choice([None, *names[:place]]) if place else None
        for name in names:
            for _ in range(chance.choice([0, 1, 3, 4, 5, 6, 8, 11])):
                made.join(name)
        return made

    def join(self, unit: str) -> None:
        self.count += 1
        self.belongs[f"p{self.count}"] = unit

    def time_passes(self) -> None:
        units = list(self.parents)
        for person in list(self.belongs):
            if self.chance.random() < self.turbulence:
                happens = self.chance.choice(["moves", "leaves", "leaves", "away"])
                unit = self.belongs.pop(person)
                if happens == "moves":
                    self.belongs[person] = self.chance.choice(units)
                elif happens == "away":
                    self.away[person] = unit
        for person in list(self.away):
            if self.chance.random() < 0.5:
                self.belongs[person] = self.away.pop(person)
        for _ in range(self.chance.choice([0, 0, 1, 1, 2, 4])):
            self.join(self.chance.choice(units))

    def respondents(self) -> dict[str, str]:
        return {name: unit for name, unit in self.belongs.items() if self.chance.random() < self.answering}


def published_rows(units: dict[str, str], groups: list[tuple[str, ...]]) -> list[Row]:
    return [frozenset(name for name, unit in units.items() if unit in group) for group in groups]


def different_people(rows: list[Row], wave: int) -> list[Row]:
    return [frozenset((name, wave) for name in row) for row in rows]


@pytest.mark.slow
def test_no_combination_of_what_is_published_tells_about_fewer_than_k_people() -> None:
    waves_with_groups = parted = 0
    for seed in range(ORGANISATIONS):
        organisation = Organisation.nasty(seed)
        earlier: list[Published] = []
        same: list[Row] = []
        different: list[Row] = []
        for wave in range(WAVES):
            units = organisation.respondents()
            guarded = guarded_partition(organisation.parents, units, earlier, organisation.least)
            groups = list(dict.fromkeys(group.units for group in guarded.partition.groups.values()))
            rows = published_rows(units, groups)
            same += rows
            different += different_people(rows, wave)
            earlier.append(Published(guarded.cell_of))
            waves_with_groups += bool(groups)
            parted += len(guarded.partition.cells) > 1
            organisation.time_passes()
        assert told(same, organisation.least) is None, seed
        assert told(different, organisation.least) is None, seed
    assert waves_with_groups > ORGANISATIONS * WAVES * 0.5, "whoever publishes nothing is safe, and useless"
    assert parted > ORGANISATIONS * 0.75


@pytest.mark.slow
def test_the_attacker_breaks_whoever_looks_at_the_sizes_of_cells_only() -> None:
    broken = alone = 0
    for seed in range(ORGANISATIONS):
        organisation = Organisation.nasty(seed)
        same: list[Row] = []
        for _ in range(WAVES):
            units = organisation.respondents()
            people = Counter(units.values())
            found = partition(organisation.parents, people, organisation.least)
            same += published_rows(units, [group.units for group in found.groups.values()])
            organisation.time_passes()
        victims = told(same, organisation.least)
        broken += victims is not None
        alone += victims is not None and len(victims) == 1
    assert broken > ORGANISATIONS * 0.7
    assert alone > ORGANISATIONS * 0.4, "a single person's answers"


def guard(units: dict[str, str], *earlier: Guarded, least: int = 5) -> Guarded:
    parents: dict[str, str | None] = {"all": None, "a": "all", "b": "all", "c": "all"}
    return guarded_partition(parents, units, [Published(wave.cell_of) for wave in earlier], least)


def team(unit: str, *numbers: int) -> dict[str, str]:
    return {f"{unit}{number}": unit for number in numbers}


def cells(guarded: Guarded) -> list[set[str]]:
    return [set(cell.units) for cell in guarded.partition.cells]


FIRST = team("a", *range(8)) | team("b", *range(8)) | team("c", *range(8))


def test_the_same_people_again_are_shown_unit_by_unit_again() -> None:
    assert cells(guard(FIRST, guard(FIRST))) == [{"a"}, {"b"}, {"c"}]


def test_one_newcomer_would_stand_alone_so_nothing_new_is_shown_of_that_unit_alone() -> None:
    again = FIRST | team("a", 99)
    guarded = guard(again, guard(FIRST))
    assert cells(guarded) == [{"b"}, {"c"}], "together with the others it is still one newcomer"
    assert not guarded.partition.groups["all"].whole
    assert guarded.partition.groups["all"].people == 16
    assert "a" not in guarded.partition.groups


def test_two_units_with_few_changes_each_are_shown_together_when_they_have_enough() -> None:
    again = FIRST | team("a", 90, 91, 92) | team("b", 90, 91)
    assert cells(guard(again, guard(FIRST))) == [{"a", "b"}, {"c"}]


def test_one_newcomer_is_hidden_among_those_of_a_neighbour() -> None:
    again = FIRST | team("a", 90) | team("b", 90, 91, 92, 93, 94)
    assert cells(guard(again, guard(FIRST))) == [{"a", "b"}, {"c"}]


def test_a_move_from_one_unit_to_another_shows_them_together() -> None:
    again = FIRST | {"a0": "b"}
    guarded = guard(again, guard(FIRST))
    assert cells(guarded) == [{"a", "b"}, {"c"}]
    assert guarded.merged == 1


def test_many_newcomers_hide_one_another() -> None:
    again = FIRST | team("a", 90, 91, 92, 93, 94)
    assert cells(guard(again, guard(FIRST))) == [{"a"}, {"b"}, {"c"}]


def test_people_who_left_and_newcomers_together_are_many_enough() -> None:
    stayed = {name: unit for name, unit in FIRST.items() if name not in {"a0", "a1", "a2"}}
    again = stayed | team("a", 90, 91)
    assert cells(guard(again, guard(FIRST))) == [{"a"}, {"b"}, {"c"}]


def test_whoever_comes_back_after_a_wave_is_not_told_by_the_first_and_the_third() -> None:
    without = {name: unit for name, unit in FIRST.items() if name != "a0"}
    second = guard(without, guard(FIRST))
    third = guard(FIRST, guard(FIRST), second)
    assert cells(third) == [{"a"}, {"b"}, {"c"}], "the very same people as in the first wave"


def test_a_larger_k_holds_for_what_is_new() -> None:
    again = FIRST | team("a", 90, 91, 92, 93, 94)
    assert {"a"} in cells(guard(again, guard(FIRST), least=5))
    assert {"a"} not in cells(guard(again, guard(FIRST), least=6))
