"""What the manual rests on: versions, fingerprints, engine, precision, and how to contest a result."""

from __future__ import annotations

from importlib.metadata import version

from assess.scoring.results import ENGINE_VERSION
from reports.manual.blocks import Bullets, Column, Heading, Row, Table
from reports.manual.draft import Draft
from reports.manual.sayings import Manual, rating
from reports.view.words import Words

LIBRARIES = ("numpy", "scipy")


def versions(manual: Manual) -> Draft:
    """Everything that somebody needs who wants to make the figures again."""
    words, questionnaire = manual.words, manual.definition.questionnaire
    rows = (
        (
            words.say("Questionnaire"),
            f"{words.fill(words.texts.title)} ({questionnaire.id}) {questionnaire.version}",
        ),
        (words.say("Fingerprint of the questionnaire"), manual.evidence.digest),
        (words.say("Scoring engine"), ENGINE_VERSION),
        (words.say("Libraries"), ", ".join(f"{name} {version(name)}" for name in LIBRARIES)),
        (words.say("Precision record"), _record(words, manual)),
        (words.say("Sheets"), _sheets(manual)),
    )
    return Draft(
        title=words.say("Versions, and how to contest a result"),
        state="written",
        blocks=(
            Table(
                title="",
                columns=(Column(label=words.say("What"), width=48), Column(label=words.say("Answer"))),
                rows=tuple(Row(head=name, cells=(value,)) for name, value in rows),
                note=words.say(
                    "All figures stand unrounded in the file that is attached to this document "
                    "(result.json). The same answers and versions give the same figures."
                ),
                strong=True,
            ),
            Heading(text=words.say("What is kept with a result")),
            Bullets(
                lines=(
                    words.say(
                        "Each profile carries the questionnaire’s fingerprint, the engine’s version and the "
                        "precision record that it was made with. A later record never changes it."
                    ),
                    words.say("Every score can be followed back to the single answers in the report."),
                    words.say(
                        "A change of a word or a key makes a new version. A wave keeps the version it began "
                        "with."
                    ),
                )
            ),
            Heading(text=words.say("How to contest a result")),
            Bullets(
                lines=(
                    words.say(
                        "Whoever sees it differently says so in the talk and writes it on the notes page."
                    ),
                    words.say(
                        "Wrong information is corrected or deleted by those responsible for the survey."
                    ),
                    words.say("Nobody may suffer any disadvantage from contesting a result."),
                )
            ),
        ),
    )


def _record(words: Words, manual: Manual) -> str:
    known = [
        words.say("{rating}: local record {record}", rating=rating(words, one.perspective), record=one.record)
        for one in manual.evidence.records.precision
    ]
    if manual.definition.questionnaire.precision:
        known.insert(0, words.say("provisional: the authors’ own assumptions"))
    return "; ".join(known) or words.say("none")


def _sheets(manual: Manual) -> str:
    groups = manual.evidence.groups
    if not groups:
        return manual.words.say("no sheets")
    least = manual.evidence.least
    return "; ".join(
        f"{manual.group(group)}: "
        + (
            manual.whole(group.group.n)
            if group.shown
            else manual.words.say("fewer than {least}", least=str(least))
        )
        for group in groups
    )
