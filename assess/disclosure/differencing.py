"""Several waves: what is published anew must not, with anything published before, tell about a few people.

Whoever holds all group results of a questionnaire can add and subtract them with any factors. Read as if a
person's answers in two waves were two different numbers, a combination is made of whole cells and nobody is
at risk. Read as if they were the same number (for many people they nearly are), what cancels out can leave
one person standing: the unit's sum now less its sum then is the newcomer less the one who left.

The guard shows for each new cell that every combination in which it has a part is carried by at least
`least` people. It takes the factors of the older cells as unknowns and asks how many people must at least be
left standing: everybody in the new cell (its own factor plus those of the person's older cells) and those
who have no published answer in the new wave (those of their older cells alone). People of other new cells
are left aside, so that cells are decided one by one; what they would add can only be more people. A new
cell with exactly the people of cells of one older wave says nothing new and is always allowed.

By induction over waves, each guarded when it was published, no combination of everything published is
carried by fewer people. Old results stay as they are; where a new cell fails it goes together with others
near it, and where that does not help nothing is published about its people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assess.disclosure.consistency import MOST_UNKNOWNS, broken_at_least
from assess.disclosure.partition import Cell, Partition, lowest_above, of_cells, partition

STEPS = 400
"""Tries for one block of people; what is not shown by then counts as not safe."""

TRIES = 3
"""Safe neighbours beneath one unit that a cell which fails is tried with."""

Pattern = frozenset[int]
"""The older cells, of all waves, that a person's answers went into."""


@dataclass(frozen=True, slots=True)
class Published:
    """One older wave of the same questionnaire and perspective: person → number of the cell."""

    cell_of: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Guarded:
    """What may be published: the partition, which people are in which of its cells, and how many cells went
    together because of older waves (0: as the sizes alone would have it)."""

    partition: Partition
    cell_of: Mapping[str, int]
    merged: int


def guarded_partition(
    parents: Mapping[str, str | None],
    unit_of: Mapping[str, str],
    earlier: Sequence[Published],
    least: int,
) -> Guarded:
    """Cells for a new wave. `unit_of`: everybody who has answered → the own unit. The partition has no cell
    for people about whom nothing may be published. Raises as `partition`."""
    people = Counter(unit_of.values())
    found = partition(parents, people, least)
    history = _History(unit_of, earlier)
    merging = _Merging(parents, found.cells, lambda cell: history.is_safe(cell, least))
    merging.run()
    final = of_cells(parents, merging.cells, least, (*found.left_out, *merging.left_out))
    cell_of_unit = {unit: number for number, cell in enumerate(final.cells) for unit in cell.units}
    return Guarded(
        final,
        {person: cell_of_unit[unit] for person, unit in unit_of.items() if unit in cell_of_unit},
        merged=len(found.cells) - len(final.cells),
    )


class _History:
    """What older waves have published about the people of a new one, and about those who are not in it."""

    def __init__(self, unit_of: Mapping[str, str], earlier: Sequence[Published]) -> None:
        self.members: dict[str, list[str]] = {}
        for person, unit in unit_of.items():
            self.members.setdefault(unit, []).append(person)
        self.sizes: list[Counter[int]] = [Counter(wave.cell_of.values()) for wave in earlier]
        self.numbers: list[dict[str, int]] = []
        offset = 0
        gathered: dict[str, list[int]] = {}
        for wave in earlier:
            for person, cell in wave.cell_of.items():
                gathered.setdefault(person, []).append(offset + cell)
            offset += max(wave.cell_of.values(), default=-1) + 1
        self.earlier = earlier
        self.pattern: dict[str, Pattern] = {name: frozenset(cells) for name, cells in gathered.items()}
        self.absent: dict[int, Counter[Pattern]] = {}
        for person, pattern in self.pattern.items():
            if person not in unit_of:
                for cell in pattern:
                    self.absent.setdefault(cell, Counter())[pattern] += 1

    def is_safe(self, cell: Cell, least: int) -> bool:
        """Whether a combination with this new cell leaves nobody standing, or at least `least` people."""
        people = [person for unit in cell.units for person in self.members.get(unit, ())]
        if not self.earlier or self._as_before(people):
            return True
        none: Pattern = frozenset()
        present = Counter(self.pattern.get(person, none) for person in people)
        touched = {older for pattern in present for older in pattern}
        absent: dict[Pattern, int] = {}
        for older in touched:
            absent.update(self.absent.get(older, {}))
        return _standing(present, absent, least) >= least

    def _as_before(self, people: Sequence[str]) -> bool:
        """Whether these are exactly the people of some cells of one older wave."""
        for wave, sizes in zip(self.earlier, self.sizes, strict=True):
            cells = {wave.cell_of.get(person) for person in people}
            if None not in cells and sum(sizes[cell] for cell in cells if cell is not None) == len(people):
                return True
        return False


def _standing(present: Mapping[Pattern, int], absent: Mapping[Pattern, int], least: int) -> int:
    """How many people are left standing at least, counted up to `least` or a little more: those who have
    never been in a published cell, then those whom a few equations bind, block by block.

    The factor of the new cell is −1, so that an older pattern must add up to 1 for people who are present
    and to 0 for those who are absent.
    """
    newcomers = present.get(frozenset(), 0)
    if newcomers >= least:
        return newcomers
    equations = {(pattern, 1): people for pattern, people in present.items() if pattern}
    equations.update({(pattern, 0): people for pattern, people in absent.items()})
    best = 0
    for blocks in _ways_to_part(equations):
        sure = newcomers
        for block in blocks:
            sure += broken_at_least(block, least - sure, STEPS)
            if sure >= least:
                return sure
        best = max(best, sure)
    return best


def _ways_to_part(
    equations: Mapping[tuple[Pattern, int], int],
) -> Iterator[list[dict[tuple[Pattern, int], int]]]:
    """The equations parted by the newest older cell, so that each block is small; then, while they have few
    unknowns, all together, which shows most and takes longest. Different people are in different blocks:
    what each must break adds up."""
    parted: dict[int, dict[tuple[Pattern, int], int]] = {}
    for (pattern, value), people in equations.items():
        parted.setdefault(max(pattern), {})[pattern, value] = people
    yield [block for whole in parted.values() for block in _within_bounds(whole)]
    if len(parted) > 1 and len({cell for pattern, _ in equations for cell in pattern}) <= MOST_UNKNOWNS:
        yield [dict(equations)]


def _within_bounds(
    block: Mapping[tuple[Pattern, int], int],
) -> list[dict[tuple[Pattern, int], int]]:
    """A block in pieces of at most `MOST_UNKNOWNS` unknowns."""
    pieces: list[dict[tuple[Pattern, int], int]] = []
    unknowns: set[int] = set()
    for (pattern, value), people in sorted(block.items(), key=lambda entry: sorted(entry[0][0])):
        if not pieces or len(unknowns | pattern) > MOST_UNKNOWNS:
            pieces.append({})
            unknowns = set()
        pieces[-1][pattern, value] = people
        unknowns |= pattern
    return pieces


class _Merging:
    """Cells that come together until each is safe, or are left out."""

    def __init__(
        self, parents: Mapping[str, str | None], cells: Sequence[Cell], is_safe: Callable[[Cell], bool]
    ) -> None:
        self.parents = parents
        self.is_safe = is_safe
        self.cells: list[Cell] = list(cells)
        self.left_out: list[str] = []

    def run(self) -> None:
        """An unsafe cell goes together with the nearest other unsafe one beneath the same unit, else with a
        safe one of which that makes a safe one; else beneath the unit above, and so on. Where nothing helps
        its people are left out: nobody else's figures suffer."""
        doubtful = set(range(len(self.cells)))
        while doubtful:
            unsafe = [number for number in sorted(doubtful) if not self.is_safe(self.cells[number])]
            doubtful = self._round(unsafe)

    def _round(self, unsafe: Sequence[int]) -> set[int]:
        """Every unsafe cell finds company once, or none. Gives the numbers of cells to look at again."""
        around = _Around(self.parents, self.cells)
        troubled, taken, gone = set(unsafe), set[int](), set[int]()
        joined: dict[int, int] = {}
        for number in unsafe:
            if number in taken:
                continue
            partner = self._partner(number, around, troubled, taken)
            if partner is None:
                gone.add(number)
                taken.add(number)
            elif partner not in taken:
                joined[min(number, partner)] = max(number, partner)
                taken |= {number, partner}
        return self._put_together(joined, gone, troubled)

    def _partner(self, number: int, around: _Around, troubled: set[int], taken: set[int]) -> int | None:
        """With whom a cell goes together; one that is taken: wait for the next round; None: with nobody."""
        tried: set[int] = set()
        for others in around.nearest(number):
            known = [other for other in others if other in troubled and other not in taken]
            if known:
                return known[0]
            safe = [other for other in others if other not in troubled and other not in taken | tried]
            for other in safe[:TRIES]:
                tried.add(other)
                if self.is_safe(_together(self.cells[number], self.cells[other])):
                    return other
            waiting = [other for other in others if other in taken]
            if waiting:
                return waiting[0]
        return None

    def _put_together(self, joined: Mapping[int, int], gone: set[int], troubled: set[int]) -> set[int]:
        absorbed = set(joined.values())
        cells: list[Cell] = []
        doubtful: set[int] = set()
        for number, cell in enumerate(self.cells):
            if number in gone:
                self.left_out.extend(cell.units)
                continue
            if number in absorbed:
                continue
            if number in joined or number in troubled:
                doubtful.add(len(cells))
            cells.append(_together(cell, self.cells[joined[number]]) if number in joined else cell)
        self.cells = cells
        return doubtful


class _Around:
    """Which cells are near which: beneath the same unit, then beneath the one above, and so on."""

    def __init__(self, parents: Mapping[str, str | None], cells: Sequence[Cell]) -> None:
        self.paths: list[list[str | None]] = []
        self.under: dict[str | None, list[int]] = {}
        for number, cell in enumerate(cells):
            path: list[str | None] = [*lowest_above(parents, cell.units), None]
            self.paths.append(path)
            for unit in path:
                self.under.setdefault(unit, []).append(number)

    def nearest(self, number: int) -> Iterator[list[int]]:
        """The other cells beneath each unit above a cell, from the lowest; the next one in order first."""
        for unit in self.paths[number]:
            others = [other for other in self.under[unit] if other != number]
            if others:
                yield sorted(others, key=lambda other: (other < number, abs(other - number)))


def _together(cell: Cell, other: Cell) -> Cell:
    return Cell(cell.units + other.units, cell.people + other.people)
