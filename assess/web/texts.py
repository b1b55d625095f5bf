"""The words of a questionnaire as one respondent reads them: language, perspective, placeholders filled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from textwrap import shorten

from assess.answering.types import JobArea, Sheet, Task
from assess.language.wording import Wording
from assess.web.language import gettext
from questionnaires.definition import (
    ACTION_LETTERS,
    ChoiceItem,
    Item,
    LanguageId,
    OptionSet,
    PerspectiveTexts,
    RatingItem,
    SituationItem,
    SituationTexts,
    Texts,
    ZeroToTenItem,
)

_BEGINNING = 72
"""Characters by which a situation is known again: about one line on a desk, two on a phone."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen. `key` is the digit that chooses it, `letter` stands before an action and
    chooses it too; `apart` marks "can't say"."""

    position: int
    label: str
    key: str
    apart: bool = False
    letter: str = ""

    @property
    def keys(self) -> str:
        """Every key that chooses it, as the page's script reads them."""
        return " ".join(key for key in (self.key, self.letter) if key)


@dataclass(frozen=True)
class Wordbook:
    """Texts of one questionnaire for one task, in the reader's language or else the source language."""

    task: Task
    language: LanguageId
    job_area: JobArea | None = None

    @cached_property
    def texts(self) -> Texts:
        definition = self.task.definition
        return (
            definition.texts.get(self.language) or definition.texts[definition.questionnaire.source_language]
        )

    @cached_property
    def items(self) -> dict[str, Item]:
        return {item.id: item for item in self.task.definition.questionnaire.items}

    @cached_property
    def _wording(self) -> Wording:
        language = self.texts.language
        return Wording(
            language=language,
            customer=self.task.organisation.customer,
            first_name=self.task.subject.first_name,
            job_area=self.job_area.name(language) if self.job_area else "",
        )

    def fill(self, text: str) -> str:
        """`text` with its placeholders filled in. Plain text."""
        return self._wording.fill(text)

    @property
    def perspective(self) -> PerspectiveTexts:
        return self.texts.perspectives[self.task.perspective]

    def question(self, item_id: str) -> str:
        """The statement, question or situation of an item."""
        text = self.texts.items[item_id][self.task.perspective]
        return self.fill(text.situation if isinstance(text, SituationTexts) else text)

    def beginning(self, item_id: str) -> str:
        """The first words of a question, to know it by."""
        whole = " ".join(self.question(item_id).split())
        first = shorten(whole, _BEGINNING, placeholder="")
        return first if first == whole else f"{first.rstrip(',;:–')} …"

    def page_title(self, page_id: str) -> str:
        """The heading of a page, "" when the file gives none."""
        page = self.texts.pages.get(page_id)
        return self.fill(page.title) if page else ""

    def page_hint(self, page_id: str) -> str:
        page = self.texts.pages.get(page_id)
        return self.fill(page.hint) if page else ""

    def options(self, item: Item) -> tuple[Option, ...]:
        """What can be chosen for an item, in file order; empty for free text."""
        if isinstance(item, RatingItem | ChoiceItem):
            return self._from_set(item.options)
        if isinstance(item, ZeroToTenItem):
            numbers = tuple(Option(n + 1, str(n), str(n) if n < 10 else "") for n in range(11))
            return (*numbers, Option(0, gettext("Can’t say"), "", apart=True)) if item.cannot_say else numbers
        if isinstance(item, SituationItem):
            text = self.texts.items[item.id][self.task.perspective]
            assert isinstance(text, SituationTexts)
            return tuple(
                Option(place, self.fill(action), str(place), letter=letter)
                for place, (letter, action) in enumerate(zip(ACTION_LETTERS, text.actions, strict=True), 1)
            )
        return ()

    def answer(self, item_id: str, position: int | None, text: str | None) -> str:
        """An answer in words, "" for none."""
        if text:
            return text
        found = self.chosen(item_id, position)
        return found.label if found else ""

    def chosen(self, item_id: str, position: int | None) -> Option | None:
        """The option at a stored position."""
        if position is None:
            return None
        return next((one for one in self.options(self.items[item_id]) if one.position == position), None)

    def is_situation(self, item_id: str) -> bool:
        return isinstance(self.items[item_id], SituationItem)

    def situations(self, item_ids: Iterable[str]) -> tuple[str, ...]:
        """Those of `item_ids` that are situations, in their order."""
        return tuple(item_id for item_id in item_ids if self.is_situation(item_id))

    @property
    def only_situations(self) -> bool:
        """The questionnaire asks nothing else: its questions are counted as situations."""
        return all(self.is_situation(item_id) for item_id in self.items)

    def keys(self, item_ids: Iterable[str]) -> str:
        """The digits that choose among the options of the items, "1–5"; "" when nothing can be chosen."""
        found = sorted(
            one.key
            for item_id in item_ids
            for one in self.options(self.items[item_id])
            if one.key and not one.apart
        )
        return f"{found[0]}–{found[-1]}" if found else ""

    def _from_set(self, name: str) -> tuple[Option, ...]:
        options: OptionSet = self.task.definition.questionnaire.options[name]
        words = self.texts.options[name]
        choices = tuple(
            Option(place, self.fill(label), str(place) if place < 10 else "")
            for place, label in enumerate(words.labels, 1)
        )
        if not options.cannot_say:
            return choices
        return (*choices, Option(0, self.fill(words.cannot_say), "0", apart=True))


def wordbook(task: Task, language: LanguageId, sheet: Sheet | None = None) -> Wordbook:
    """The words of `task`, or of one of its sheets with its job area."""
    return Wordbook(task, language, sheet.job_area if sheet else None)
