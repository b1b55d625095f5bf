"""How the questionnaire was made, by whom, in which languages, and how its content has been judged."""

from __future__ import annotations

from questionnaires.definition import LanguageId, SituationTexts
from reports.manual.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Table, Waiting
from reports.manual.draft import Draft
from reports.manual.sayings import Manual
from reports.view.method import tested


def development(manual: Manual) -> Draft:
    """Provenance, languages and content review."""
    words = manual.words
    return Draft(
        title=words.say("Development and content review"),
        state="written",
        blocks=(
            Paragraph(text=tested(words, manual.definition), kind="lead"),
            _provenance(manual),
            Heading(text=words.say("Languages")),
            _languages(manual),
            *_review(manual),
        ),
    )


def language_name(manual: Manual, language: LanguageId) -> str:
    """A language in the reader's words."""
    words = manual.words
    return {"da": words.say("Danish"), "sv": words.say("Swedish"), "en": words.say("English")}[language]


def reads_notes(manual: Manual) -> bool:
    """Whether the reasons in the file are in the reader's language."""
    return manual.words.language == manual.definition.questionnaire.notes_language


def _provenance(manual: Manual) -> Table:
    words = manual.words
    said = manual.definition.questionnaire.provenance
    found = [
        (words.say("Authors"), f"{said.authors}, {said.year}"),
        (words.say("Licence"), said.licence),
        (
            words.say("Source language"),
            language_name(manual, manual.definition.questionnaire.source_language),
        ),
    ]
    if reads_notes(manual):
        found += [(words.say("Source"), said.source), (words.say("Notes by the authors"), said.notes)]
    return Table(
        title=words.say("Where it comes from"),
        columns=(Column(label=words.say("What"), width=42), Column(label=words.say("Answer"))),
        rows=tuple(Row(head=name, cells=(value,)) for name, value in found if value),
        note="" if reads_notes(manual) else _where_notes_are(manual),
        strong=True,
    )


def _where_notes_are(manual: Manual) -> str:
    words = manual.words
    return words.say(
        "The authors’ own notes and the reason for each item stand in the questionnaire’s file "
        "(questionnaire.yaml), in {language}. The manual in that language prints them.",
        language=_mention(
            language_name(manual, manual.definition.questionnaire.notes_language), words.language
        ),
    )


def _mention(name: str, language: LanguageId) -> str:
    return name if language == "en" else name.lower()


def _languages(manual: Manual) -> Table:
    words, questionnaire = manual.words, manual.definition.questionnaire
    rows = []
    for language in questionnaire.languages:
        lengths = _lengths(manual, language)
        source = language == questionnaire.source_language
        stamped = bool(manual.definition.texts[language].translates)
        rows.append(
            Row(
                head=language_name(manual, language),
                cells=(
                    words.say("source")
                    if source
                    else words.say("checked against the source text by text")
                    if stamped
                    else words.say("not recorded"),
                    words.short(sum(lengths) / len(lengths)) if lengths else "",
                    str(max(lengths, default=0)),
                ),
            )
        )
    return Table(
        title="",
        columns=(
            Column(label=words.say("Language")),
            Column(label=words.say("Translation"), width=70),
            Column(label=words.say("Words in an item, mean"), kind="number", width=30),
            Column(label=words.say("Most"), kind="number", width=18),
        ),
        rows=tuple(rows),
        note=words.say("The languages have not been compared with data: see the chapter on fairness.")
        if len(rows) > 1
        else "",
        strong=True,
    )


def _lengths(manual: Manual, language: LanguageId) -> list[int]:
    """Words of each item's first text."""
    found = []
    for twins in manual.definition.texts[language].items.values():
        text = next(iter(twins.values()), "")
        found.append(len((text.situation if isinstance(text, SituationTexts) else text).split()))
    return found


def _review(manual: Manual) -> tuple[Block, ...]:
    words, questionnaire = manual.words, manual.definition.questionnaire
    reversed_items = sum(1 for item in questionnaire.items if getattr(item, "reverse", False))
    scored = {item for scale in questionnaire.scales.values() for item in scale.items}
    lines = [
        words.say("Each item has a written reason for being in the questionnaire."),
        words.say(
            "Whoever wants to judge the content reads the reasons beside the items in the next chapter, and "
            "content-review.md in the questionnaire’s folder where there is one."
        ),
    ]
    if scored:
        lines.insert(
            1,
            words.say(
                "{reversed} of {scored} scored items count the other way round.",
                reversed=str(reversed_items),
                scored=str(len(scored)),
            ),
        )
    if manual.evidence.is_situations:
        lines.append(
            words.say(
                "Readers who do not know the key judged which level each situation describes and which "
                "style each action is. How well they agreed with the key (Cohen’s kappa) stands in "
                "content-review.md, with what was rewritten. Agreement of readers says that the key can be "
                "found. It does not say that it is right."
            )
        )
    return (
        Heading(text=words.say("How the content was judged")),
        Bullets(lines=tuple(lines)),
        Waiting(
            text=words.say("No ratings of the items by independent experts or future users are stored."),
            needs=words.say(
                "Waits for: ten interviews in which people think aloud, and ratings of relevance by at "
                "least five independent judges."
            ),
        ),
    )
