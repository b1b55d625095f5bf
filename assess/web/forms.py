"""Forms made from items: one table says which field asks which kind of item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from werkzeug.datastructures import MultiDict
from wtforms.fields import Field, RadioField, SelectChoice, TextAreaField  # type: ignore[import-untyped]
from wtforms.form import BaseForm  # type: ignore[import-untyped]
from wtforms.validators import Length  # type: ignore[import-untyped]

from assess.answering.errors import Fault, InvalidAnswers
from assess.answering.types import Answer, Given
from assess.web.texts import Option, Wordbook
from questionnaires.definition import (
    ChoiceItem,
    Item,
    RatingItem,
    SituationItem,
    TextItem,
    ZeroToTenItem,
)

ANSWER = "answer-"
SEEN = "seen-"
KEEP = "keep-"
MAX_REVISION = 2**31 - 1
_STEERING = frozenset({"csrf_token", "go", "language", "from", "resolve"})

_STEPS = 5
"""A scale of so many steps may lie down where the screen has room."""


class OptionsField(RadioField):  # type: ignore[misc]
    """Radios from the options of an item. Nothing chosen is no answer; an unknown value is an error."""

    layout = "list"

    def __init__(self, item: Item, words: Wordbook, **kwargs: Any) -> None:
        self.options: tuple[Option, ...] = words.options(item)
        choices = [SelectChoice(str(option.position), option.label) for option in self.options]
        super().__init__(words.question(item.id), choices=choices, **kwargs)

    def pre_validate(self, form: BaseForm) -> None:
        if self.raw_data:
            super().pre_validate(form)

    def given(self, seen: int) -> Given:
        return Given(position=int(self.data) if self.data else None, seen=seen)


class ScaleField(OptionsField):
    """A rating: from least to most, "can't say" apart."""

    def __init__(self, item: Item, words: Wordbook, **kwargs: Any) -> None:
        super().__init__(item, words, **kwargs)
        steps = sum(not option.apart for option in self.options)
        self.layout = "scale" if steps == _STEPS else "list"


class ActionsField(OptionsField):
    """The four actions of a situation, each with its letter."""

    layout = "actions"


class NumbersField(OptionsField):
    """0 to 10."""

    layout = "numbers"


class WordsField(TextAreaField):  # type: ignore[misc]
    """Free text; surrounding blanks are not part of it."""

    layout = "words"

    def __init__(self, item: Item, words: Wordbook, **kwargs: Any) -> None:
        limit = cast(TextItem, item).max_length
        super().__init__(words.question(item.id), validators=[Length(max=limit)], **kwargs)
        self.max_length = limit

    def process_formdata(self, valuelist: list[str]) -> None:
        # A browser sends line ends as CRLF and counts them as one character against `maxlength`.
        super().process_formdata([value.replace("\r\n", "\n").strip() for value in valuelist])

    def given(self, seen: int) -> Given:
        return Given(text=self.data or None, seen=seen)


FIELDS: Mapping[type[Any], type[Field]] = {
    RatingItem: ScaleField,
    ChoiceItem: OptionsField,
    SituationItem: ActionsField,
    ZeroToTenItem: NumbersField,
    TextItem: WordsField,
}
"""Kind of item → field that asks it. Another kind of item is one more line."""


def item_form(
    item_ids: Iterable[str],
    words: Wordbook,
    *,
    posted: MultiDict[str, str] | None = None,
    answers: Mapping[str, Answer] | None = None,
    prefix: str = ANSWER,
) -> BaseForm:
    """The form that asks `item_ids`, holding what was `posted` or else the stored `answers`. `prefix`: what
    names of fields begin with, where one page asks the same items more than once."""
    fields: dict[str, Any] = {}
    for item_id in item_ids:
        item = words.items[item_id]
        fields[item_id] = FIELDS[type(item)](item, words)
    form = BaseForm(fields, prefix=prefix)
    stored = {
        item_id: answer.text if answer.text is not None else answer.position
        for item_id, answer in (answers or {}).items()
        if item_id in fields
    }
    form.process(
        formdata=posted, data={key: str(value) for key, value in stored.items() if value is not None}
    )
    return form


def read_answers(item_ids: Iterable[str], words: Wordbook, posted: MultiDict[str, str]) -> dict[str, Given]:
    """What a person answered on a page: every asked item that was posted, cleared texts too.

    Raises `InvalidAnswers` for a name that the page does not ask, a value posted twice, an answer out of
    range or too long, and a revision that is no number; nothing is repaired.
    """
    asked = tuple(item_ids)
    faults: dict[str, Fault] = _unknown(asked, posted)
    form = item_form(asked, words, posted=posted)
    if not form.validate():
        faults |= {item_id: _fault(words.items[item_id]) for item_id in form.errors if item_id}
    seen = {item_id: _revision(posted.get(SEEN + item_id, "0")) for item_id in asked}
    faults |= {item_id: "kind" for item_id, revision in seen.items() if revision is None}
    if faults:
        raise InvalidAnswers(faults)
    return {item_id: form[item_id].given(seen[item_id]) for item_id in asked if ANSWER + item_id in posted}


def as_posted(values: Mapping[str, str]) -> MultiDict[str, str]:
    """Values by name as a form would have posted them."""
    return MultiDict(values)


def _revision(text: str) -> int | None:
    """A revision as the browser sent it, None when it is none."""
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(MAX_REVISION))
    return int(text) if is_number and int(text) <= MAX_REVISION else None


def _unknown(asked: tuple[str, ...], posted: MultiDict[str, str]) -> dict[str, Fault]:
    names = {prefix + item_id for item_id in asked for prefix in (ANSWER, SEEN, KEEP)} | _STEERING
    return {name: "unknown" for name in posted if name not in names or len(posted.getlist(name)) > 1}


def _fault(item: Item) -> Fault:
    return "too-long" if isinstance(item, TextItem) else "range"
