"""The method page: what the questionnaire is for, how it was made, how precise it is, and the small print."""

from __future__ import annotations

from datetime import date

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
    return Method(
        intended_use=words.fill_all(words.texts.intended_use),
        not_for=words.fill_all(words.texts.not_for),
        made=words.fill_all(words.texts.method),
        tested=_tested(words, definition),
        precision=_precision(areas[0]),
        contest=words.say(
            "Do you see it differently? Say so in the talk and write it on the notes page. "
            "Your own words count as much as the numbers."
        ),
        legend=_legend(areas[0]),
        facts=_facts(areas, today),
    )


def _tested(words: Words, definition: Definition) -> str:
    return {
        "not-yet-tested-with-users": words.say("This questionnaire has not yet been tested with users."),
        "interviews": words.say("This questionnaire has been tried in interviews with users."),
        "field-data": words.say("This questionnaire has been tested on answers from real use."),
        "published": words.say("Tests of this questionnaire have been published."),
    }[definition.questionnaire.provenance.tested]


def _precision(area: Area) -> tuple[str, ...]:
    """What is known of the error, how wide intervals are, and how often a level is uncertain."""
    words = area.words
    record = area.own.record
    known = [record.values[s.id] for s in area.own.scales if s.id in record.values]
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
            "The precision rests on answers from this organisation (reliability {spread}; record {record}).",
            spread=spread,
            record=record.id,
        ),
        words.say(
            "Every interval holds the true score in {percent} of cases, if errors are normally distributed.",
            percent=words.percent(area.own.interval),
        ),
    ]
    if area.classification is not None:
        said.append(
            words.say(
                "Where no need reaches {percent}, the result lies between needs. That is common: "
                "about 35 to 40 in 100 people.",
                percent=words.percent(area.classification.borderline_below),
            )
        )
    return tuple(said)


def _legend(area: Area) -> tuple[LegendRow, ...]:
    classification = area.classification
    if classification is None:
        return ()
    words = area.words
    across, up = words.scale_name(classification.across), words.scale_name(classification.up)

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


def _facts(areas: tuple[Area, ...], today: date) -> tuple[Fact, ...]:
    words = areas[0].words
    own = areas[0].own
    facts = [
        Fact(name=words.say("Date of this report"), value=words.day(today)),
        Fact(
            name=words.say("Questionnaire"),
            value=words.say(
                "{title}, version {version}",
                title=words.fill(words.texts.title),
                version=own.questionnaire_version,
            ),
        ),
        Fact(name=words.say("Fingerprint of the questionnaire"), value=own.content_hash[:HASH_PREFIX]),
        Fact(name=words.say("Scoring engine"), value=own.engine_version),
        Fact(name=words.say("Precision record"), value=_record(words, own)),
    ]
    facts += [
        Fact(name=words.say("Answered items"), value=_answered(area, profile))
        for area in areas
        for profile in area.profiles
    ]
    return tuple(facts)


def _record(words: Words, profile: Profile) -> str:
    if not profile.record.values:
        return words.say("none")
    return words.say("provisional") if profile.record.source == "provisional" else profile.record.id


def _answered(area: Area, profile: Profile) -> str:
    done, asked = answered(profile)
    count = area.words.say("{done} of {all}", done=str(done), all=str(asked))
    who = voice_label(area.words, profile.perspective, area.audience)
    return ", ".join(part for part in (area.job_area, who, count) if part)
