"""The items by facet, each with its key and, for readers of the file's language, its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assess.scoring.form import scale_items
from questionnaires.definition import (
    ChoiceItem,
    Item,
    RatingItem,
    SituationItem,
    SituationTexts,
    TextItem,
    ZeroToTenItem,
)
from reports.manual.blocks import Block, Column, Heading, Paragraph, Row, Table
from reports.manual.development import reads_notes
from reports.manual.draft import Draft
from reports.manual.sayings import Manual, sentence
from reports.view.words import Words


def items(manual: Manual) -> Draft:
    """Every item in its scale; situations with their key; then what is not scored, options and forms."""
    words = manual.words
    blocks: list[Block] = [Paragraph(text=_lead(manual), kind="lead")]
    blocks += _scales(manual)
    if manual.evidence.is_situations:
        blocks += _situations(manual)
    blocks += _unscored(manual)
    blocks += _options(manual)
    blocks += _forms(manual)
    return Draft(
        title=words.say("Situations and their key")
        if manual.evidence.is_situations
        else words.say("Items by scale"),
        state="written",
        blocks=tuple(blocks),
    )


def item_words(words: Words, item_id: str) -> str:
    """An item as the person it is about reads it, else as whoever rates reads it; its id without a text."""
    twins = words.texts.items.get(item_id, {})
    text = twins.get("self") or next(iter(twins.values()), item_id)
    return sentence(words.fill(text.situation if isinstance(text, SituationTexts) else text))


def _lead(manual: Manual) -> str:
    words = manual.words
    where = (
        ""
        if reads_notes(manual)
        else " " + words.say("The reasons stand in the file, in the language of its notes.")
    )
    if manual.evidence.is_situations:
        return (
            words.say(
                "Each situation calls for one level. Each of its four actions is one of the four styles; "
                "the order of the actions is the key."
            )
            + where
        )
    return (
        words.say(
            "A plus counts as it is answered. ↔ counts the other way round: the lowest answer gives the "
            "most points."
        )
        + where
    )


def _scales(manual: Manual) -> Iterable[Block]:
    questionnaire, words = manual.definition.questionnaire, manual.words
    known = {item.id: item for item in questionnaire.items}
    for scale_id, scale in questionnaire.scales.items():
        texts = words.texts.scales.get(scale_id)
        about = words.fill(texts.about) if texts else ""
        least = words.say(
            "{items} items; at least {least} must be answered.",
            items=str(len(scale_items(questionnaire, scale_id))),
            least=str(scale.min_answered),
        )
        yield Heading(text=words.scale_name(scale_id))
        if scale.facets:
            parts = words.say("Made of: {scales}.", scales=words.scale_listing(scale.facets))
            yield Paragraph(text=" ".join(part for part in (about, parts, least) if part))
            continue
        yield Paragraph(text=" ".join(part for part in (about, least) if part))
        yield _item_table(manual, [known[item] for item in scale.items if item in known])


def _item_table(manual: Manual, chosen: Sequence[Item]) -> Table:
    words = manual.words
    reasons = reads_notes(manual)
    columns = [
        Column(label=words.say("Item"), width=31),
        Column(label=words.say("Key"), width=14),
        Column(label=words.say("Words")),
    ]
    if reasons:
        columns.append(Column(label=words.say("Reason"), width=66))
    rows = tuple(
        Row(
            head=item.id,
            cells=(
                "\N{LEFT RIGHT ARROW}" if getattr(item, "reverse", False) else "+",
                item_words(words, item.id),
                *((item.reason,) if reasons else ()),
            ),
        )
        for item in chosen
    )
    return Table(title="", columns=tuple(columns), rows=rows, small=True)


def _situations(manual: Manual) -> Iterable[Block]:
    words = manual.words
    found = [item for item in manual.definition.questionnaire.items if isinstance(item, SituationItem)]
    for level in ("M1", "M2", "M3", "M4"):
        at_level = [item for item in found if item.calls_for == level]
        if not at_level:
            continue
        yield Heading(text=words.say("Situations that call for {level}", level=level))
        for item in at_level:
            yield _situation(manual, item)


def _situation(manual: Manual, item: SituationItem) -> Table:
    words = manual.words
    twins = words.texts.items.get(item.id, {})
    text = twins.get("self") or next(iter(twins.values()), None)
    actions = text.actions if isinstance(text, SituationTexts) else ("", "", "", "")
    weights = item.override.weights if item.override else _weights(manual, item)
    return Table(
        title=f"{item.id}: {item_words(words, item.id)}",
        columns=(
            Column(label=words.say("Action"), width=19),
            Column(label=words.say("Style"), width=36),
            Column(label=words.say("Points"), kind="number", width=14),
            Column(label=words.say("Words")),
        ),
        rows=tuple(
            Row(
                head=letter,
                cells=(
                    f"{style} {words.style_mention(style)}",
                    str(weights.get(style, "")),
                    words.fill(action),
                ),
            )
            for letter, style, action in zip("ABCD", item.actions, actions, strict=True)
        ),
        note=item.reason if reads_notes(manual) else "",
        small=True,
    )


def _weights(manual: Manual, item: SituationItem) -> dict[str, int]:
    scoring = manual.definition.questionnaire.scoring
    return dict(getattr(scoring, "weights", {}).get(item.calls_for, {}))


def _unscored(manual: Manual) -> tuple[Block, ...]:
    questionnaire, words = manual.definition.questionnaire, manual.words
    scored = {item for scale in questionnaire.scales.values() for item in scale.items}
    rest = [
        item for item in questionnaire.items if item.id not in scored and not isinstance(item, SituationItem)
    ]
    if not rest:
        return ()
    table = _item_table(manual, rest)
    kinds = tuple(
        Row(head=row.head, cells=(_kind(words, item), *row.cells[1:]))
        for row, item in zip(table.rows, rest, strict=True)
    )
    columns = (table.columns[0], Column(label=words.say("Kind"), width=20), *table.columns[2:])
    return (
        Heading(text=words.say("Items that are not scored")),
        Table(title="", columns=columns, rows=kinds, small=True),
    )


def _kind(words: Words, item: Item) -> str:
    return {
        RatingItem: words.say("rating"),
        ZeroToTenItem: words.say("0 to 10"),
        ChoiceItem: words.say("choice"),
        TextItem: words.say("text"),
        SituationItem: words.say("situation"),
    }[type(item)]


def _options(manual: Manual) -> tuple[Block, ...]:
    words = manual.words
    rows = []
    for name, options in manual.definition.questionnaire.options.items():
        texts = words.texts.options.get(name)
        labels = texts.labels if texts else tuple(map(str, options.values or options.choices))
        said = [f"{value} {label}" for value, label in zip(options.values, labels, strict=False)] or list(
            labels
        )
        if options.cannot_say:
            said.append(words.say("“{label}” counts as missing", label=texts.cannot_say if texts else "–"))
        rows.append(Row(head=name, cells=(" · ".join(words.fill(text) for text in said),)))
    if not rows:
        return ()
    return (
        Heading(text=words.say("Answers that can be chosen")),
        Table(
            title="",
            columns=(Column(label=words.say("Set"), width=31), Column(label=words.say("Options"))),
            rows=tuple(rows),
            small=True,
        ),
    )


def _forms(manual: Manual) -> tuple[Block, ...]:
    words, questionnaire = manual.words, manual.definition.questionnaire
    if not questionnaire.short_forms:
        return ()
    rows = tuple(
        Row(
            head=name,
            cells=(
                str(len(form.items)),
                words.scale_listing(tuple(form.min_answered)),
            ),
        )
        for name, form in questionnaire.short_forms.items()
    )
    return (
        Heading(text=words.say("Short forms")),
        Table(
            title="",
            columns=(
                Column(label=words.say("Form"), width=31),
                Column(label=words.say("Items"), kind="number", width=18),
                Column(label=words.say("Scales that it scores")),
            ),
            rows=rows,
            note=words.say(
                "A short form measures with larger error: the standard error grows by the Spearman–Brown "
                "formula."
            ),
            small=True,
        ),
    )
