"""The method page: what the questionnaire is for, how it was made, how precise it is, and the small print."""

from __future__ import annotations

from datetime import date

from assess.scoring.borderline import expected_borderline
from assess.scoring.results import Profile
from questionnaires.definition import Definition, Side
from reports.view.inputs import Area
from reports.view.parts import Fact, LegendRow, Method
from reports.view.standing import need
from reports.view.voices import answered
from reports.view.words import Words, voice_label

HASH_PREFIX = 12


def make_method(areas: tuple[Area, ...], today: date) -> Method:
    """One method page for all job areas of a report."""
    words = areas[0].words
    definition = areas[0].definition
    classified = next((area for area in areas if area.classification is not None), areas[0])
    return Method(
        intended_use=words.fill_all(words.texts.intended_use),
        not_for=words.fill_all(words.texts.not_for),
        made=words.fill_all(words.texts.method),
        tested=tested(words, definition),
        precision=_precision(areas),
        contest=words.say(
            "Do you see it differently? Say so in the talk and write it on the notes page. "
            "Your own words count as much as the numbers."
        )
        if areas[0].has_talk
        else words.say(
            "Do you see it differently? Write it on the notes page. "
            "Your own words count as much as the numbers."
        ),
        legend=_legend(classified),
        origin=_origin(classified),
        facts=_facts(areas, today),
    )


def tested(words: Words, definition: Definition) -> str:
    """How far the questionnaire has been tried: said to every reader."""
    return {
        "not-yet-tested-with-users": words.say("This questionnaire has not yet been tested with users."),
        "interviews": words.say("This questionnaire has been tried in interviews with users."),
        "field-data": words.say("This questionnaire has been tested on answers from real use."),
        "published": words.say("Tests of this questionnaire have been published."),
    }[definition.questionnaire.provenance.tested]


def _precision(areas: tuple[Area, ...]) -> tuple[str, ...]:
    """What is known of the error of all voices, how wide intervals are, how often a level is uncertain."""
    words = areas[0].words
    own = areas[0].own
    record = own.record
    profiles = [profile for area in areas for profile in area.profiles]
    known = [p.record.values[s.id] for p in profiles for s in p.scales if s.id in p.record.values]
    if not known:
        return (
            words.say("How precise the scores are is not known. No intervals are given for that reason."),
        )
    low, high = min(p.reliability for p in known), max(p.reliability for p in known)
    spread = words.two(low) if low == high else f"{words.two(low)}\N{EN DASH}{words.two(high)}"
    said = [
        words.say(
            "The precision is provisional: "
            "an estimate by the authors (reliability {spread}), not yet measured.",
            spread=spread,
        )
        if record.source == "provisional"
        else words.say(
            "The precision rests on answers from this organisation where these widen the authors’ estimate "
            "(reliability {spread}; record {record}).",
            spread=spread,
            record=record.id,
        ),
        words.say(
            "Every interval holds the true score in {percent} of cases, if errors are normally distributed.",
            percent=words.percent(own.interval),
        ),
    ]
    return (*said, *_borderline(areas))


def _borderline(areas: tuple[Area, ...]) -> tuple[str, ...]:
    """How many people are to be expected between needs, by the model of `assess/scoring/borderline.py`."""
    words = areas[0].words
    quadrants = areas[0].definition.questionnaire.classification
    shares = [
        share
        for area in areas
        for profile in area.profiles
        if (share := expected_borderline(area.definition.questionnaire, profile)) is not None
    ]
    if quadrants is None or not shares:
        return ()
    low, high = (max(1, round(100 * share)) for share in (min(shares), max(shares)))
    return (
        words.say(
            "Where no need reaches {percent}, the result lies between needs. That happens to about {number} "
            "in 100 people, if as many lie above each border as below it.",
            percent=words.percent(quadrants.borderline_below),
            number=str(low) if low == high else f"{low}\N{EN DASH}{high}",
        ),
    )


def _legend(area: Area) -> tuple[LegendRow, ...]:
    classification = area.classification
    if classification is None:
        return ()
    words = area.words
    across, up = words.scale_name(classification.across), words.scale_mention(classification.up)

    def side(name: str, which: Side) -> str:
        return (
            words.say("{scale} high", scale=name) if which == "high" else words.say("{scale} low", scale=name)
        )

    return tuple(
        LegendRow(
            level=level_id,
            need=need(words, level_id),
            where=f"{side(across, level.across)}, {side(up, level.up)}",
            style=f"{level.calls_for} {words.style_name(level.calls_for)}",
        )
        for level_id, level in sorted(classification.levels.items())
    )


def _origin(area: Area) -> tuple[Fact, ...]:
    quadrants = area.classification
    if quadrants is None:
        return make_origin(area.words, area.definition, "", "")
    return make_origin(area.words, area.definition, quadrants.name, quadrants.cut_reason)


def make_origin(words: Words, definition: Definition, school: str, cut_reason: str) -> tuple[Fact, ...]:
    """Whose the questionnaire is; its own notes only for readers of the language that they are written in.

    `school` and `cut_reason` are as in the file, "" where they do not apply.
    """
    questionnaire = definition.questionnaire
    said = questionnaire.provenance
    found = [
        (words.say("Authors"), f"{said.authors}, {said.year}"),
        (words.say("Licence"), said.licence),
        (words.say("School followed"), school.replace("-", " ")),
    ]
    if words.language == questionnaire.notes_language:
        found += [
            (words.say("Source"), said.source),
            (words.say("Notes by the authors"), said.notes),
            (words.say("Reason for the borders"), cut_reason),
        ]
    return tuple(Fact(name=name, value=value) for name, value in found if value)


def _facts(areas: tuple[Area, ...], today: date) -> tuple[Fact, ...]:
    words = areas[0].words
    own = areas[0].own
    facts = [
        *questionnaire_facts(words, own, today),
        Fact(name=words.say("Precision record"), value=_record(words, own)),
    ]
    facts += [
        Fact(name=words.say("Answered items"), value=_answered(area, profile))
        for area in areas
        for profile in area.profiles
    ]
    return tuple(facts)


def questionnaire_facts(words: Words, profile: Profile, today: date) -> tuple[Fact, ...]:
    """What a result rests on: day, questionnaire, its fingerprint, the engine."""
    return (
        Fact(name=words.say("Date of this report"), value=words.day(today)),
        Fact(
            name=words.say("Questionnaire"),
            value=words.say(
                "{title}, version {version}",
                title=words.fill(words.texts.title),
                version=profile.questionnaire_version,
            ),
        ),
        Fact(name=words.say("Fingerprint of the questionnaire"), value=profile.content_hash[:HASH_PREFIX]),
        Fact(name=words.say("Scoring engine"), value=profile.engine_version),
    )


def _record(words: Words, profile: Profile) -> str:
    if not profile.record.values:
        return words.say("none")
    return words.say("provisional") if profile.record.source == "provisional" else profile.record.id


def _answered(area: Area, profile: Profile) -> str:
    done, asked = answered(profile)
    count = area.words.say("{done} of {all}", done=str(done), all=str(asked))
    who = voice_label(area.words, profile.perspective, area.audience)
    return ", ".join(part for part in (area.job_area, who, count) if part)
