"""Chapters on use: what the questionnaire is for, who may see what, and what it must not be used for."""

from __future__ import annotations

from reports.manual.blocks import Bullets, Column, Heading, Paragraph, Row, Table
from reports.manual.draft import Draft
from reports.manual.sayings import Manual, rating


def purpose(manual: Manual) -> Draft:
    """What it is for, who answers, and what is promised to them."""
    words, questionnaire = manual.words, manual.definition.questionnaire
    rows = tuple(
        Row(
            head=rating(words, perspective),
            cells=(
                str(len(part.items or questionnaire.items)),
                words.say("confidential: only figures about groups")
                if questionnaire.privacy_of(perspective) == "confidential"
                else words.say("personal: the result belongs to the person it is about"),
            ),
        )
        for perspective, part in questionnaire.perspectives.items()
    )
    return Draft(
        title=words.say("Purpose and intended use"),
        state="written",
        blocks=(
            Paragraph(text=words.fill(words.texts.summary), kind="lead"),
            *_listed(manual, words.texts.intended_use),
            Heading(text=words.say("Who answers, and what they are promised")),
            Table(
                title="",
                columns=(
                    Column(label=words.say("Sheets")),
                    Column(label=words.say("Items"), kind="number", width=20),
                    Column(label=words.say("Promise"), width=95),
                ),
                rows=rows,
                note=words.say(
                    "Time used: about {minutes} minutes. Before the first question everyone reads who will "
                    "see what; that notice is made from the same rules that the program enforces.",
                    minutes=str(questionnaire.minutes),
                ),
                strong=True,
            ),
            Heading(text=words.say("Who may use it")),
            Paragraph(
                text=words.say(
                    "Anyone who has read this manual and the method page of the report. No certificate is "
                    "needed. Whoever uses a result must be able to say how certain it is and what it does "
                    "not say. No consequence for a person may follow from it without a person deciding, and "
                    "the person it is about must have had the chance to object."
                )
            ),
        ),
    )


def not_for(manual: Manual) -> Draft:
    """What it must not be used for, and what the program itself refuses."""
    words = manual.words
    return Draft(
        title=words.say("What it must not be used for"),
        state="written",
        blocks=(
            *_listed(manual, words.texts.not_for),
            Paragraph(
                text=words.say(
                    "The program knows of no evidence for such uses. Reliability that is enough for a talk "
                    "is not enough for a decision about a person, and no score here has been compared with "
                    "how people did later."
                )
            ),
            Heading(text=words.say("What the program refuses")),
            Bullets(
                lines=(
                    words.say("It ranks nobody and sorts no list by score."),
                    words.say("It shows no percentile of a named person."),
                    words.say(
                        "It shows no figure about fewer than {least} people.", least=str(_least(manual))
                    ),
                    words.say("It hands no profile on without the owner’s own decision."),
                    words.say("It decides nothing by itself."),
                )
            ),
        ),
    )


def _least(manual: Manual) -> int:
    return manual.evidence.least


def _listed(manual: Manual, lines: tuple[str, ...]) -> tuple[Bullets | Paragraph, ...]:
    found = manual.words.fill_all(lines)
    if found:
        return (Bullets(lines=found),)
    return (Paragraph(text=manual.words.say("The questionnaire’s file says nothing on this.")),)
