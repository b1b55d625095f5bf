"""The theory behind the questionnaire, and the evidence for and against it."""

from __future__ import annotations

from reports.manual.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Table
from reports.manual.development import reads_notes
from reports.manual.draft import Draft
from reports.manual.sayings import Manual

OUR_SCHOOL = "ability-and-willingness"


def follows_model(manual: Manual) -> bool:
    """Whether the questionnaire rests on leadership that follows the situation."""
    return manual.evidence.is_situations or manual.definition.questionnaire.classification is not None


def theory(manual: Manual) -> Draft:
    """How it works in the authors' words; the evidence on the model where it rests on it."""
    words = manual.words
    method = words.fill_all(words.texts.method)
    blocks: list[Block] = []
    if follows_model(manual):
        blocks += _model(manual)
    else:
        blocks.append(Paragraph(text=_no_theory(manual), kind="lead"))
    if method:
        blocks.append(Heading(text=words.say("How it works, in the words of the questionnaire")))
        blocks += [Paragraph(text=text) for text in method]
    return Draft(title=words.say("Theory and its evidence"), state="written", blocks=tuple(blocks))


def _no_theory(manual: Manual) -> str:
    words = manual.words
    said = words.say(
        "The questionnaire’s file names no theory that the program knows. Evidence for what the scores mean "
        "must be sought in the sources that the authors name."
    )
    source = manual.definition.questionnaire.provenance.source.strip()
    return f"{said} {source.rstrip('.')}." if source and reads_notes(manual) else said


def _model(manual: Manual) -> list[Block]:
    words = manual.words
    return [
        Paragraph(
            text=words.say(
                "The questionnaire rests on the idea that leadership should follow what a person can do and "
                "wants to do in a task. The idea is popular, and research supports it only weakly. Both "
                "sides of the evidence stand here, with what follows from them for this questionnaire."
            ),
            kind="lead",
        ),
        _evidence(manual),
        Heading(text=words.say("What speaks for it, and what against")),
        Bullets(lines=_for_and_against(manual)),
        Heading(text=words.say("Which school is followed")),
        Paragraph(text=_school(manual)),
    ]


def _school(manual: Manual) -> str:
    words, quadrants = manual.words, manual.definition.questionnaire.classification
    if quadrants is not None and quadrants.name != OUR_SCHOOL:
        return words.say(
            "Schools within the theory define the levels differently. The file names the school that it "
            "follows: {school}. Results from one school must not be read with the texts of another.",
            school=quadrants.name.replace("-", " "),
        )
    return words.say(
        "Schools within the theory define the levels differently. Here the lowest level, M1, means that "
        "ability and willingness are both low. Another well-known school begins with low competence and "
        "high commitment. Results from one school must not be read with the texts of another."
    )


def _evidence(manual: Manual) -> Table:
    words = manual.words
    return Table(
        title=words.say("Studies of the theory"),
        columns=(
            Column(label=words.say("Study"), width=36),
            Column(label=words.say("What was found")),
            Column(label=words.say("What follows here"), width=58),
        ),
        rows=(
            Row(
                head="Thompson & Vecchio (2009)",
                cells=(
                    words.say(
                        "357 employees and 80 supervisors. The version of 2007 predicted worse than the "
                        "original. A version with autonomy and experience was promising, but added little "
                        "to what was explained."
                    ),
                    words.say("No effect on performance or well-being is promised anywhere."),
                ),
            ),
            Row(
                head="Thompson & Glasø (2018)",
                cells=(
                    words.say(
                        "The principles held where the leader’s rating and the employee’s self-rating "
                        "agreed. They did not hold for the self-rating where the two differed; there the "
                        "leader’s rating was the better basis."
                    ),
                    words.say(
                        "A self-rating alone never calls for a style. Advice needs two views that agree."
                    ),
                ),
            ),
            Row(
                head="Thompson & Glasø (2015)",
                cells=(
                    words.say("The principles held where leader and employee agreed."),
                    words.say("Differences between the two are for the talk, and are never averaged away."),
                ),
            ),
            Row(
                head="Blank, Weitzel & Green (1990)",
                cells=(
                    words.say("The assumptions of the theory were not supported."),
                    words.say("A level opens a talk. It is no finding about a person."),
                ),
            ),
            Row(
                head="Vecchio (1987); Norris & Vecchio (1992); Fernandez & Vecchio (1997); Graeff (1983, "
                "1997)",
                cells=(
                    words.say("Earlier tests and critical reviews, part of the same mixed record."),
                    words.say("Reports say that support is mixed and name the newest studies."),
                ),
            ),
        ),
    )


def _for_and_against(manual: Manual) -> tuple[str, ...]:
    words = manual.words
    found = [
        words.say("For: where leader and employee saw the level alike, the principles of the model held."),
        words.say("Against: tests of the whole theory found weak support or none."),
        words.say("Against: a self-rating alone was no basis for choosing a style."),
        words.say("Open: none of the studies used this questionnaire."),
    ]
    if manual.evidence.is_situations:
        found += [
            words.say(
                "Flexibility is how evenly the styles are used, and no skill by itself. Answers at random "
                "score high."
            ),
            words.say(
                "Effectiveness is agreement with the key of this questionnaire, and no observed result."
            ),
        ]
    return tuple(found)
