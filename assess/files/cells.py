"""What may stand in a cell, by kind of item: one table from kinds to how they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias
from unicodedata import normalize

from questionnaires.definition import (
    ACTION_LETTERS,
    ChoiceItem,
    Item,
    Questionnaire,
    RatingItem,
    SituationItem,
    ZeroToTenItem,
)

BLANK, CANNOT_SAY, WRONG = 0, 254, 255
"""Codes of cells that hold no position; positions end at 253 (the checker allows twelve options)."""
MISSING = frozenset({"", "NA"})
MEANT_AS_MISSING = frozenset({"na", "n/a", "n.a.", "nan", "#n/a", "#i/t", "#saknas!", "null", "none", "."})
"""How other programs write a missing answer, capitals aside; the two with # are Excel's in da and sv."""

UNSHOWN = "what stands there is"
"""A wrong cell in a message that does not repeat it."""

_WHOLE = re.compile(r"(?<=[0-9])\.0+$", re.ASCII)
"""The end of a whole number as programs write it in a column with gaps: 3.0."""
_SHOWABLE = re.compile(r"\S{1,12}")


class Codes(dict[str, int]):
    """Cell as written → position, `BLANK`, `CANNOT_SAY` or `WRONG`; worked out once for each way of writing.

    `written` are the usual ways, blanks and `NA` aside; `advice` says what may be written.
    """

    REMEMBERED = 10_000

    def __init__(self, written: Mapping[str, int], advice: str) -> None:
        super().__init__(written)
        self.advice = advice
        self.written: Mapping[str, int] = dict(written)

    def __missing__(self, cell: str) -> int:
        stripped = cell.strip()
        code = BLANK if stripped in MISSING else self.written.get(_WHOLE.sub("", stripped), WRONG)
        if len(self) < self.REMEMBERED:
            self[cell] = code
        return code


def codes_of(questionnaire: Questionnaire, item: Item) -> Codes:
    """How answers to an item that has positions are written. Raises `KeyError` for a text item."""
    return _KINDS[type(item)](questionnaire, item)


def _rating(questionnaire: Questionnaire, item: Item) -> Codes:
    assert isinstance(item, RatingItem | ChoiceItem)
    options = questionnaire.options[item.options]
    written = {str(position): position for position in range(1, options.size + 1)}
    advice = f"write a whole number from 1 to {options.size}, or leave it blank"
    if options.cannot_say:
        written["0"] = CANNOT_SAY
        advice = f"write a whole number from 1 to {options.size}, 0 for can't say, or leave it blank"
    return Codes(written, advice)


def _zero_to_ten(_questionnaire: Questionnaire, _item: Item) -> Codes:
    written = {str(value): value + 1 for value in range(11)}
    return Codes(written, "write a whole number from 0 to 10, or leave it blank")


def _situation(_questionnaire: Questionnaire, _item: Item) -> Codes:
    written = {letter: place for place, letter in enumerate(ACTION_LETTERS, start=1)}
    written |= {letter.lower(): place for letter, place in written.items()}
    return Codes(written, "write the letter of the action, A to D, or leave it blank")


_KINDS: Mapping[type[Item], Callable[[Questionnaire, Item], Codes]] = {
    RatingItem: _rating,
    ChoiceItem: _rating,
    ZeroToTenItem: _zero_to_ten,
    SituationItem: _situation,
}


def composed(text: str) -> str:
    """In Unicode's composed form, blanks around it gone: `å` of a Mac is that of another computer."""
    return normalize("NFC", text.strip())


def shown(cell: str) -> str:
    """A wrong cell for a message: in quotes when it is short and has no blank within it, so that words of
    a free text that slipped into the column are not repeated."""
    stripped = cell.strip()
    return f"“{stripped}” is" if _SHOWABLE.fullmatch(stripped) else UNSHOWN


def is_meant_as_missing(cell: str) -> bool:
    return cell.strip().casefold() in MEANT_AS_MISSING


def text_of(cell: str) -> str | None:
    """A text as it was given; None for a missing one."""
    stripped = cell.strip()
    return None if stripped in MISSING else stripped


Texts: TypeAlias = dict[str, list[str | None]]
"""Item id → its text in each row."""
