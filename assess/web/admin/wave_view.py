"""A wave's plan in words, fact by fact; what a confirmation page says before a step."""

from __future__ import annotations

from collections.abc import Iterable

from assess.campaigns.overview import Preview, WaveDetail
from assess.campaigns.plans import reminder_times
from assess.language.catalogue import LANGUAGE_NAMES
from assess.web import language
from assess.web.admin.campaign_words import asked_of, legal_bases
from assess.web.admin.naming import texts_of
from assess.web.language import gettext, ngettext
from assess.web.services import services

MOST_NAMES = 10

Fact = tuple[str, tuple[str, ...]]
"""A heading and its lines."""


def facts(detail: WaveDetail) -> list[Fact]:
    """The plan as it stands; what it leaves open is left out."""
    wave, plan = detail.wave, detail.wave.plan
    zone = plan.zone
    lines: Iterable[tuple[str, Iterable[str]]] = (
        (gettext("Questionnaires"), _questionnaires(detail)),
        (
            gettext("Units"),
            [" / ".join(path) for path in detail.units] or [gettext("The whole organisation")],
        ),
        (gettext("Languages"), [LANGUAGE_NAMES[one] for one in plan.languages]),
        (gettext("It opens"), [_opening(detail)]),
        (gettext("It closes"), [language.moment_words(wave.closes_at, zone)] if wave.closes_at else []),
        (
            gettext("Reminders"),
            [
                language.moment_words(at, zone)
                for at in (reminder_times(plan, wave.opens_at, wave.closes_at) if wave.closes_at else ())
            ],
        ),
        (gettext("What the answers are for"), [plan.purpose]),
        (
            gettext("Legal basis (GDPR)"),
            [legal_bases().get(plan.legal_basis, ""), plan.legal_text],
        ),
        (
            gettext("How many people a group must have (k)"),
            [language.number(plan.least, 0)],
        ),
        (
            gettext("The answers are deleted on"),
            [language.date_words(plan.delete_on)] if plan.delete_on else [],
        ),
        (
            gettext("Discussed with the employees’ representatives on"),
            [language.date_words(plan.discussed_on)] if plan.discussed_on else [],
        ),
    )
    told = [(name, tuple(text for text in texts if text)) for name, texts in lines]
    return [(name, texts) for name, texts in told if texts]


def task_counts(detail: WaveDetail, preview: Preview) -> list[tuple[str, str]]:
    """How many questionnaires of each kind are given."""
    definitions = {one.planned.content_hash: one.definition for one in detail.questionnaires}
    return [
        (
            f"{texts_of(definitions[planned.content_hash]).title}: "
            f"{asked_of(perspective, definitions[planned.content_hash])}",
            language.number(preview.tasks.get((planned.content_hash, perspective), 0), 0),
        )
        for planned in detail.wave.plan.questionnaires
        for perspective in planned.perspectives
    ]


def opens_at_once(detail: WaveDetail) -> bool:
    """Whether a draft opens with the button, not by the clock."""
    return detail.wave.opens_at <= services().now


def what_opening_does(detail: WaveDetail, preview: Preview) -> list[str]:
    """What happens when it opens, for the organisation as it is now."""
    tasks = sum(preview.tasks.values())
    when = (
        gettext("It opens at once, and letters are sent within minutes.")
        if opens_at_once(detail)
        else gettext(
            "It opens by itself at the opening time: %(time)s. Letters are sent then.", time=_opening(detail)
        )
    )
    return [
        when,
        ngettext(
            "%(num)s person gets a letter with a link.",
            "%(num)s people get a letter with a link.",
            preview.letters - preview.without_email.count,
        ),
        ngettext("%(num)s questionnaire is given.", "%(num)s questionnaires are given.", tasks),
        gettext("Whoever joins or leaves while it is open is added or taken out by itself."),
        gettext("After opening, what is asked and on what terms cannot be changed; the closing time can."),
        *([gettext("The test respondents are deleted with all their answers.")] if detail.trials else []),
    ]


def warnings_of(preview: Preview) -> list[tuple[str, str]]:
    """What whoever opens should know first, each with the first names."""
    found = (
        (
            preview.without_email,
            ngettext(
                "%(num)s person has no e-mail address and gets no letter: hand out a printed card.",
                "%(num)s people have no e-mail address and get no letter: hand out printed cards.",
                preview.without_email.count,
            ),
        ),
        (
            preview.without_leader,
            ngettext(
                "%(num)s person has no leader who could answer.",
                "%(num)s people have no leader who could answer.",
                preview.without_leader.count,
            ),
        ),
        (
            preview.without_areas,
            ngettext(
                "%(num)s person has a job without job areas, and is not asked about any.",
                "%(num)s people have jobs without job areas, and are not asked about any.",
                preview.without_areas.count,
            ),
        ),
    )
    return [
        (
            text,
            ", ".join(one.name for one in people.first[:MOST_NAMES])
            + (" …" if people.count > MOST_NAMES else ""),
        )
        for people, text in found
        if people.count
    ]


def _opening(detail: WaveDetail) -> str:
    wave = detail.wave
    if detail.phase in {"draft", "testing"} and opens_at_once(detail):
        return gettext("As soon as you open it")
    return language.moment_words(wave.opens_at, wave.plan.zone)


def _questionnaires(detail: WaveDetail) -> list[str]:
    return [
        f"{texts_of(one.definition).title}: "
        + ", ".join(asked_of(perspective, one.definition) for perspective in one.planned.perspectives)
        for one in detail.questionnaires
    ]
