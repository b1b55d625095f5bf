"""Who will see what, exactly as each respondent of a plan will read it: same rules, words and template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from assess.campaigns.plans import WavePlan
from assess.language.catalogue import LANGUAGE_NAMES, LANGUAGES
from assess.rights import Terms, notice
from assess.web import language
from assess.web.admin.campaign_words import asked_of
from assess.web.admin.naming import texts_of
from questionnaires.definition import Definition, LanguageId, PerspectiveId


@dataclass(frozen=True, slots=True)
class Reading:
    """One notice in one language."""

    language: LanguageId
    name: str
    part: Markup


@dataclass(frozen=True, slots=True)
class Preview:
    """What the respondents of one perspective read, the page's own language first."""

    title: str
    perspective: str
    readings: tuple[Reading, ...]


def terms_of_plan(plan: WavePlan) -> Terms:
    """What the plan tells its respondents."""
    return Terms(
        least=plan.least,
        purpose=plan.purpose,
        legal_basis=plan.legal_basis,
        legal_text=plan.legal_text,
        delete_on=plan.delete_on,
        discussed_on=plan.discussed_on,
    )


def previews(plan: WavePlan, definitions: Mapping[str, Definition]) -> tuple[Preview, ...]:
    """For each questionnaire and perspective of the plan the notice in each of its languages."""
    terms = terms_of_plan(plan)
    return tuple(
        Preview(
            texts_of(definitions[planned.content_hash]).title,
            asked_of(perspective, definitions[planned.content_hash]),
            tuple(
                _reading(definitions[planned.content_hash], perspective, terms, spoken)
                for spoken in _languages(plan, definitions[planned.content_hash])
            ),
        )
        for planned in plan.questionnaires
        for perspective in planned.perspectives
    )


def _languages(plan: WavePlan, definition: Definition) -> list[LanguageId]:
    wanted = [one for one in plan.languages or LANGUAGES if one in definition.texts]
    return sorted(wanted, key=lambda one: one != language.current())


def _reading(definition: Definition, perspective: PerspectiveId, terms: Terms, spoken: LanguageId) -> Reading:
    with language.speaking(spoken):
        part = render_template("who_sees.html", statements=notice(definition, perspective, terms))
    return Reading(spoken, LANGUAGE_NAMES[spoken], Markup(part))  # noqa: S704 (made by a template)
