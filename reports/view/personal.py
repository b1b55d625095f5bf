"""The personal view: profiles of one or two job areas become the value that everything is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assess.language.direction import unturned
from questionnaires.definition import Definition, LanguageId
from reports.view import calculation, highlights, picture, replies, sides, standing, summary, voices
from reports.view.frames import frames
from reports.view.headings import make_headings, make_notes
from reports.view.inputs import Area, AreaProfiles, has_talk, make_area
from reports.view.method import make_method
from reports.view.parts import FORMAT, AreaView, Audience, PersonalView
from reports.view.words import Words, words_for

MOST_AREAS = 2


def personal_view(
    definition: Definition,
    areas: Sequence[AreaProfiles],
    *,
    language: LanguageId,
    first_name: str,
    last_name: str = "",
    sheet: str = "",
    today: date,
    organisation: str = "",
    customer: str = "customer",
    audience: Audience = "subject",
) -> PersonalView:
    """Everything a personal report says, in the reader's language.

    `areas` holds one or two job areas; `first_name` and `last_name` are the subject's; where no name is
    known, `sheet`, the id of the answer sheet, heads the report. Names lose the signs that would turn a line.
    `customer` is a key of `CUSTOMER_WORDS`, `today` the date of the report. A manager's view never contains
    the employee's single answers to scored items. A questionnaire without the language is reported in its
    source language.
    Raises `ValueError` for another number of areas, a profile of another questionnaire, or two profiles
    of one perspective.
    """
    if not 1 <= len(areas) <= MOST_AREAS:
        raise ValueError(f"{len(areas)} job areas; a personal report has one or two")
    first_name, last_name = unturned(first_name), unturned(last_name)
    named = tuple(replace(given, job_area=unturned(given.job_area)) for given in areas)
    made = tuple(
        make_area(
            definition,
            words_for(definition, language, customer, first_name, given.job_area),
            audience,
            given,
        )
        for given in named
    )
    words = made[0].words
    return PersonalView(
        format=FORMAT,
        language=words.language,
        audience=audience,
        title=words.fill(words.texts.title),
        subject=" ".join(part for part in (first_name, last_name) if part)
        or _nameless(words, unturned(sheet)),
        first_name=first_name,
        organisation=organisation,
        day=today.isoformat(),
        date=words.day(today),
        summary=words.fill(words.texts.summary),
        areas=tuple(_area_view(area) for area in made),
        notes=make_notes(words, audience, talk=has_talk(definition)),
        method=make_method(made, today),
        words=make_headings(words, audience, talk=has_talk(definition)),
    )


def _nameless(words: Words, sheet: str) -> str:
    return words.say("Answer sheet {id}", id=sheet) if sheet else ""


def _area_view(area: Area) -> AreaView:
    heard = voices.make_voices(area)
    standings = tuple(
        standing.make_standing(area, voice, profile)
        for voice, profile in zip(heard, area.profiles, strict=True)
    )
    next_steps = highlights.next_steps(area)
    steps = summary.steps(area, standings[0], next_steps)
    return AreaView(
        job_area=area.job_area,
        voices=heard,
        standings=standings,
        headline=standings[0].headline,
        kicker=summary.kicker(area, standings),
        meaning=summary.meaning(area, standings[0]),
        readings=summary.readings(area, standings[0]),
        steps=steps,
        notes=summary.notes(area, standings),
        quadrant=picture.make_quadrant(area, standings),
        groups=voices.make_groups(area, heard, steps),
        strengths=highlights.strengths(area),
        next_steps=next_steps,
        frames=frames(area),
        replies=replies.make_replies(area),
        side_by_side=sides.make_side_by_side(area, heard),
        questions=summary.questions(area, standings[0]),
        advice=summary.advice(area, standings),
        calculations=calculation.make_calculations(area, heard),
    )
