"""A questionnaire to fill in with a pen: one respondent's, with a code by which it is typed in later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

import msgspec

from assess.language.wording import Wording
from assess.scoring.form import Form
from questionnaires.definition import (
    ACTION_LETTERS,
    ChoiceItem,
    Definition,
    Item,
    LanguageId,
    PerspectiveId,
    RatingItem,
    SituationItem,
    SituationTexts,
    TextItem,
    Texts,
    ZeroToTenItem,
)
from reports.paper.speech import Speech

TEXT_LINE = 90
"""Characters that fit on a line of free text by hand, roughly."""


class PrintedItem(msgspec.Struct, frozen=True):
    """One question. `ticks`: what can be ticked beneath it; `lines`: room for words by hand."""

    number: int
    text: str
    ticks: tuple[str, ...] = ()
    lines: int = 0
    hint: str = ""


class PrintedTable(msgspec.Struct, frozen=True):
    """Statements with the same options, side by side in a table: one box for each statement and option."""

    options: tuple[str, ...]
    items: tuple[PrintedItem, ...]


class PrintedPage(msgspec.Struct, frozen=True):
    """What stands together on screen, too."""

    title: str
    hint: str
    parts: tuple[PrintedTable | PrintedItem, ...]


class PrintedBlock(msgspec.Struct, frozen=True):
    """The questions about one job area; `areas`: what can be chosen for it, empty where it is given."""

    heading: str
    areas: tuple[str, ...]
    areas_label: str
    pages: tuple[PrintedPage, ...]


class PaperForm(msgspec.Struct, frozen=True):
    """One printed questionnaire with everything that the respondent reads before the first question."""

    language: LanguageId
    title: str
    subject: str
    organisation: str
    day: str
    summary: str
    wave: str
    name: str
    about: str
    code: str
    code_label: str
    until: str
    who_sees: str
    statements: tuple[str, ...]
    how: tuple[str, ...]
    blocks: tuple[PrintedBlock, ...]
    share: str
    share_options: tuple[str, ...]
    end: str
    foot: str


@dataclass(frozen=True, slots=True)
class FormBlock:
    """One job area's form. `area`: its name where it is given; `choices`: what can be chosen instead."""

    form: Form
    area: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormOrder:
    """What a printed questionnaire is made of."""

    definition: Definition
    perspective: PerspectiveId
    language: LanguageId
    wave: str
    organisation: str
    customer: str
    name: str
    """The respondent's whole name."""
    subject_name: str
    subject_first_name: str
    code: str
    blocks: tuple[FormBlock, ...]
    statements: tuple[str, ...]
    """Who will see what, in the form's language."""
    asks_to_share: bool
    closes_at: datetime | None


def paper_form(order: FormOrder, *, zone: ZoneInfo, today: datetime) -> PaperForm:
    """The printed questionnaire of one respondent, in the order in which it is asked on screen.

    A questionnaire that lacks the language is printed in its source language.
    """
    definition = order.definition
    spoken = (
        order.language if order.language in definition.texts else definition.questionnaire.source_language
    )
    speech, texts = Speech(spoken), definition.texts[spoken]
    wording = Wording(spoken, order.customer, order.subject_first_name)
    title = wording.fill(texts.perspectives[order.perspective].title)
    return PaperForm(
        language=spoken,
        title=title,
        subject=order.name,
        organisation=order.organisation,
        day=today.astimezone(zone).date().isoformat(),
        summary=wording.fill(texts.summary),
        wave=order.wave,
        name=order.name,
        about="" if order.perspective == "self" else speech.say("About {name}", name=order.subject_name),
        code=order.code,
        code_label=speech.say("Code"),
        until=speech.by(order.closes_at, zone) if order.closes_at else "",
        who_sees=speech.say("Who will see what"),
        statements=(
            *order.statements,
            speech.say(
                "On paper one person more sees your answers: the administrator who types them in. It is "
                "noted who did. If you would rather not, answer on a screen instead."
            ),
        ),
        how=_how(speech),
        blocks=tuple(
            _block(order, block, place, speech, texts) for place, block in enumerate(order.blocks, 1)
        ),
        share=speech.say("May your manager see your profile, when both of you have answered?")
        if order.asks_to_share
        else "",
        share_options=(
            speech.say("Yes, share it with my manager"),
            speech.say("No, keep it to myself (also when nothing is ticked)"),
        ),
        end=speech.say("Thank you. Hand this in, in a closed envelope, to whoever gave it to you."),
        foot=speech.say("{title} · code {code}", title=title, code=order.code),
    )


def _how(speech: Speech) -> tuple[str, ...]:
    return (
        speech.say("Tick one box for each question. Cross a box out completely if you change your mind."),
        speech.say("You may leave a question out; where too many are missing there is no result."),
        speech.say("Do not write names of others in the free text."),
    )


def _block(order: FormOrder, block: FormBlock, place: int, speech: Speech, texts: Texts) -> PrintedBlock:
    area = block.area or (speech.say("the job area you chose") if block.choices else "")
    wording = Wording(texts.language, order.customer, order.subject_first_name, area)
    numbers = {item_id: number for number, item_id in enumerate(block.form.item_ids, 1)}
    items = {item.id: item for item in order.definition.questionnaire.items}
    heading = block.area
    if block.choices:
        heading = (
            speech.say("Job area {number}", number=str(place))
            if place == 1
            else speech.say("Job area {number}, if you want to answer about one more", number=str(place))
        )
    pages = []
    for page in block.form.pages:
        words = texts.pages.get(page.id)
        printed = [
            (
                _table_key(items[item_id]),
                _item(order, items[item_id], numbers[item_id], texts, wording, speech),
            )
            for item_id in page.items
        ]
        pages.append(
            PrintedPage(
                title=wording.fill(words.title) if words and words.title else "",
                hint=wording.fill(words.hint) if words and words.hint else "",
                parts=tuple(_parts(printed)),
            )
        )
    return PrintedBlock(
        heading=heading,
        areas=block.choices,
        areas_label=speech.say("Which job area are you answering about? Tick one."),
        pages=tuple(pages),
    )


def _table_key(item: Item) -> str:
    """Statements that share their options stand in one table; "" for what stands alone."""
    return item.options if isinstance(item, RatingItem) else ""


def _parts(printed: list[tuple[str, PrintedItem]]) -> Iterator[PrintedTable | PrintedItem]:
    for key, group in groupby(printed, key=lambda pair: pair[0]):
        items = tuple(item for _, item in group)
        if key:
            yield PrintedTable(options=items[0].ticks, items=items)
        else:
            yield from items


def _item(
    order: FormOrder, item: Item, number: int, texts: Texts, wording: Wording, speech: Speech
) -> PrintedItem:
    words = texts.items[item.id][order.perspective]
    hint = speech.say("You can leave this blank.") if item.optional else ""
    if isinstance(words, SituationTexts):
        ticks = tuple(
            f"{letter}  {wording.fill(action)}"
            for letter, action in zip(ACTION_LETTERS, words.actions, strict=True)
        )
        return PrintedItem(number, wording.fill(words.situation), ticks, hint=hint)
    text = wording.fill(words)
    if isinstance(item, TextItem):
        return PrintedItem(number, text, lines=max(2, min(6, item.max_length // TEXT_LINE)), hint=hint)
    return PrintedItem(number, text, _ticks(order.definition, item, texts, wording, speech), hint=hint)


def _ticks(
    definition: Definition, item: Item, texts: Texts, wording: Wording, speech: Speech
) -> tuple[str, ...]:
    """What can be ticked, in the order of the file, "can't say" last."""
    if isinstance(item, ZeroToTenItem):
        return (*map(str, range(11)), *((speech.say("Can’t say"),) if item.cannot_say else ()))
    if isinstance(item, RatingItem | ChoiceItem):
        words = texts.options[item.options]
        labels = tuple(wording.fill(label) for label in words.labels)
        has_more = definition.questionnaire.options[item.options].cannot_say
        return (*labels, wording.fill(words.cannot_say)) if has_more else labels
    assert not isinstance(item, SituationItem)
    return ()
