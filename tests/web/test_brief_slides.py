"""How a brief is parted for both at one screen: what belongs together stays so, and nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import pytest

from assess.web.talks.brief_slides import (
    MOST_ROWS,
    PREPARED_LINE,
    PREPARED_LINES,
    lines_of,
    prepared_together,
    tables_of,
    told_of,
)
from reports.talk.parts import PreparedRow, TalkArea, TalkDifference, Told


@dataclass
class Row:
    kind: str


@dataclass
class Found:
    row: Row


@dataclass
class Area:
    differ: tuple[Told, ...] = ()
    agree: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    agreement: str = ""
    missing: str = ""
    wishes: str = ""
    frames: object = None


def found(beyond: int, within: int) -> tuple[TalkDifference, ...]:
    rows: list[Any] = [Found(Row("beyond")) for _ in range(beyond)]
    rows += [Found(Row("within")) for _ in range(within)]
    return cast("tuple[TalkDifference, ...]", tuple(rows))


def written(lines: int) -> PreparedRow:
    return PreparedRow("Wishes", ("x" * (PREPARED_LINE * lines), "short"))


@pytest.mark.parametrize(
    ("text", "lines"), [("", 0), ("word", 1), ("x" * 44, 1), ("x" * 45, 2), ("a\nb", 2), ("a\n\nb", 3)]
)
def test_lines_are_counted_as_they_are_broken(text: str, lines: int) -> None:
    assert lines_of(text, 44) == lines


@pytest.mark.parametrize(
    ("lines", "sections"),
    [
        ((), ()),
        ((1,), (1,)),
        ((1, 1, 1, 1), (2, 2)),
        ((1, 1, 1), (2, 1)),
        ((5, PREPARED_LINES - 5), (2,)),
        ((6, PREPARED_LINES - 5), (1, 1)),
        ((40, 1, 1, 40), (1, 2, 1)),
    ],
)
def test_two_rows_share_a_section_where_they_fit(lines: tuple[int, ...], sections: tuple[int, ...]) -> None:
    rows = [written(number) for number in lines]
    together = prepared_together(rows)
    assert tuple(map(len, together)) == sections
    assert [row for section in together for row in section] == rows, "in their order, and all of them"


@pytest.mark.parametrize(
    ("beyond", "within", "tables"),
    [
        (0, 0, ()),
        (3, 5, (8,)),
        (2, 8, (2, 8)),
        (0, 10, (5, 5)),
        (10, 0, (5, 5)),
        (9, 9, (5, 4, 5, 4)),
        (0, 17, (6, 6, 5)),
    ],
)
def test_a_long_table_is_parted_between_what_is_beyond_chance_and_the_rest(
    beyond: int, within: int, tables: tuple[int, ...]
) -> None:
    rows = found(beyond, within)
    parted = tables_of(rows)
    assert tuple(map(len, parted)) == tables
    assert [one for table in parted for one in table] == list(rows)
    assert all(len(table) <= MOST_ROWS for table in parted)


LONG = Told("Skill", "You see it higher than Amina does, and this sentence takes two lines of the column.")


@pytest.mark.parametrize(
    ("area", "beside", "apart"),
    [
        (Area(), (), ()),
        (Area(differ=(LONG,), agree=("Both.",)), ("differ", "agree"), ()),
        (Area(differ=(LONG,) * 4, agree=("Both.",)), ("differ",), ("agree",)),
        (Area(differ=(LONG,) * 5, agree=("Both.",)), ("agree",), ("differ",)),
        (Area(differ=(LONG,) * 2, agree=("Both.",), untold=("In: will.",)), ("differ", "agree"), ()),
        (Area(differ=(LONG,) * 3, agree=("Both.",), untold=("In: will.",)), ("differ",), ("agree",)),
        (Area(differ=(LONG,), frames="frames"), ("differ",), ("frames",)),
        (Area(missing="There is only your own view here."), ("agree",), ()),
    ],
)
def test_sentences_stand_beside_the_picture_as_far_as_they_fit(
    area: Area, beside: tuple[str, ...], apart: tuple[str, ...]
) -> None:
    assert told_of(cast("TalkArea", area)) == (beside, apart)
