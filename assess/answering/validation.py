"""Whether an answer can have come from the form: one check for each kind of item, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from assess.answering.errors import Fault, InvalidAnswers
from assess.answering.types import Given
from assess.scoring.form import ZERO_TO_TEN, Form
from questionnaires.definition import (
    ChoiceItem,
    Questionnaire,
    RatingItem,
    SituationItem,
    TextItem,
    ZeroToTenItem,
)

Check: TypeAlias = Callable[[Questionnaire, Any, Given], Fault | None]


def checked(questionnaire: Questionnaire, form: Form, given: Mapping[str, Given]) -> dict[str, Given]:
    """The answers as they are stored: line ends as \\n, no space around a text, an empty text is none.

    Raises `InvalidAnswers` naming every item that does not fit; none of the answers is to be stored then.
    """
    items = {item.id: item for item in questionnaire.items if item.id in frozenset(form.item_ids)}
    faults: dict[str, Fault] = {}
    clean: dict[str, Given] = {}
    for item_id, answer in given.items():
        item = items.get(item_id)
        if item is None:
            faults[item_id] = "unknown"
            continue
        clean[item_id] = _tidy(answer)
        fault = CHECKS[type(item)](questionnaire, item, clean[item_id])
        if fault is not None:
            faults[item_id] = fault
    if faults:
        raise InvalidAnswers(faults)
    return clean


def _tidy(answer: Given) -> Given:
    if not isinstance(answer.text, str):
        return answer
    text = answer.text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return replace(answer, text=text or None)


def _check_text(_: Questionnaire, item: TextItem, answer: Given) -> Fault | None:
    if answer.position is not None or (answer.text is not None and not _is_storable(answer.text)):
        return "kind"
    return "too-long" if answer.text is not None and len(answer.text) > item.max_length else None


def _is_storable(text: object) -> bool:
    """NUL and lone surrogates are no text that both engines can keep."""
    return isinstance(text, str) and "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)


def _check_position(answer: Given, size: int, cannot_say: bool) -> Fault | None:
    if answer.text is not None or type(answer.position) not in {int, type(None)}:
        return "kind"
    lowest = 0 if cannot_say else 1
    return None if answer.position is None or lowest <= answer.position <= size else "range"


def _check_options(
    questionnaire: Questionnaire, item: RatingItem | ChoiceItem, answer: Given
) -> Fault | None:
    options = questionnaire.options[item.options]
    return _check_position(answer, options.size, options.cannot_say)


def _check_zero_to_ten(_: Questionnaire, item: ZeroToTenItem, answer: Given) -> Fault | None:
    return _check_position(answer, len(ZERO_TO_TEN), item.cannot_say)


def _check_situation(_: Questionnaire, item: SituationItem, answer: Given) -> Fault | None:
    return _check_position(answer, len(item.actions), cannot_say=False)


CHECKS: Mapping[type, Check] = {
    RatingItem: _check_options,
    ChoiceItem: _check_options,
    ZeroToTenItem: _check_zero_to_ten,
    SituationItem: _check_situation,
    TextItem: _check_text,
}
