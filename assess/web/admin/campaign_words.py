"""The words of campaigns: states, perspectives, legal bases, and what a wave still needs before it opens."""

from __future__ import annotations

from collections.abc import Iterable

from assess.campaigns.plans import Field, PlanProblem, Reason
from assess.campaigns.states import Phase, PlannedWave
from assess.disclosure.thresholds import LEAST_GROUP
from assess.rights import outcome_of
from assess.web import language
from assess.web.language import gettext
from assess.web.services import services
from questionnaires.definition import Definition, PerspectiveId

PLACES: dict[Field, str] = {
    "name": "name",
    "questionnaires": "asked",
    "job_areas": "job-areas",
    "max_job_areas": "max-job-areas",
    "units": "scope",
    "languages": "languages",
    "opens_at": "opens-on",
    "closes_at": "closes-on",
    "reminders": "reminders",
    "purpose": "purpose",
    "legal_basis": "legal-basis",
    "legal_text": "legal-text",
    "least": "least",
    "delete_on": "delete-on",
    "discussed_on": "discussed-on",
}
"""Which field of the page a problem of the plan is about, in the order of the page."""


def state_words(wave: PlannedWave) -> str:
    """Where a wave is, with the time that matters next."""
    opens = language.moment_words(wave.opens_at, wave.plan.zone)
    closes = language.moment_words(wave.closes_at, wave.plan.zone) if wave.closes_at else ""
    closed = language.moment_words(wave.closed_at, wave.plan.zone) if wave.closed_at else closes
    names: dict[Phase, str] = {
        "draft": gettext("Draft"),
        "testing": gettext("Being tried"),
        "waiting": gettext("Opens %(time)s", time=opens),
        "open": gettext("Open until %(time)s", time=closes),
        "ended": gettext("Closing"),
        "closed": gettext("Closed %(time)s", time=closed),
        "archived": gettext("Archived"),
    }
    return names[wave.phase(services().now)]


def next_step(phase: Phase) -> str:
    """What can be done in a phase, in a sentence or two."""
    words: dict[Phase, str] = {
        "draft": gettext(
            "Nobody has been asked anything. You can change everything, and try it first. "
            "The employees’ representatives can read the plan."
        ),
        "testing": gettext("Only throw-away respondents can answer. You can still change everything."),
        "waiting": gettext("It opens by itself at that time. Until then you can call it back to change it."),
        "open": gettext("It takes answers. What is asked, and on what terms, can no longer be changed."),
        "ended": gettext("The time is over; the results are made in a moment."),
        "closed": gettext("The figures are frozen. You can start the next wave with the same plan."),
        "archived": gettext("It is put away. Its results stay where they are."),
    }
    return words[phase]


def asked_of(perspective: PerspectiveId, definition: Definition | None = None) -> str:
    """Who answers about whom, as whoever builds a campaign chooses it. About the own way of leading only
    those are asked who lead somebody."""
    if perspective == "self" and definition and outcome_of(definition.questionnaire) == "styles":
        return gettext("Everybody who leads others, about themselves")
    names = {
        "self": gettext("Everybody about themselves"),
        "manager": gettext("The nearest leader about each of the people"),
        "direct-report": gettext("The people about their nearest leader"),
    }
    return names[perspective]


def privacy_name(definition: Definition, perspective: PerspectiveId) -> str:
    """What becomes of the answers, in a few words."""
    if definition.questionnaire.privacy_of(perspective) == "confidential":
        return gettext("Confidential: only results of groups")
    return gettext("Personal: the result belongs to whom it is about")


def legal_bases() -> dict[str, str]:
    return {
        "legitimate-interest": gettext("Legitimate interest, article 6(1)(f)"),
        "public-task": gettext("Task in the public interest, article 6(1)(e)"),
        "legal-obligation": gettext("Legal obligation, article 6(1)(c)"),
    }


def basis_note(basis: str) -> str:
    """What should be said beside the name of a legal basis."""
    return gettext("Name the law in your own words below") if basis == "legal-obligation" else ""


def open_points(problems: Iterable[PlanProblem]) -> list[tuple[str, str]]:
    """Field of the page and what to do about it, in the order of the page."""
    order = list(PLACES)
    return [
        (PLACES[problem.field], whats_missing(problem))
        for problem in sorted(problems, key=lambda problem: order.index(problem.field))
    ]


def whats_missing(problem: PlanProblem) -> str:
    """What to do about a problem, in words."""
    otherwise = gettext("Look at this again: it cannot be used as it is")
    return _needs().get((problem.field, problem.reason), otherwise)


def _needs() -> dict[tuple[Field, Reason], str]:
    return {
        ("name", "missing"): gettext("Give the campaign a name"),
        ("questionnaires", "missing"): gettext("Choose at least one questionnaire and who answers it"),
        ("questionnaires", "no-perspective"): gettext("Choose who answers the questionnaire"),
        ("units", "missing"): gettext("There are no units yet: import the organisation first"),
        ("units", "unknown"): gettext("A chosen unit has been closed: choose the units again"),
        ("units", "nobody"): gettext("Nobody belongs to the chosen units"),
        ("languages", "not-in-questionnaire"): gettext(
            "A chosen questionnaire lacks one of the languages: leave that language out"
        ),
        ("closes_at", "missing"): gettext("Say when it closes"),
        ("closes_at", "in-the-past"): gettext("The closing time is over: choose a later one"),
        ("closes_at", "before-opening"): gettext("The closing time must be after the opening time"),
        ("least", "too-few"): gettext("A group must have at least %(least)s people", least=LEAST_GROUP),
        ("purpose", "missing"): gettext("Say what the answers are for"),
        ("legal_basis", "missing"): gettext("Choose the legal basis"),
        ("delete_on", "missing"): gettext("Say when the answers are deleted"),
        ("delete_on", "before-closing"): gettext("The answers can be deleted only after the closing"),
        ("discussed_on", "missing"): gettext(
            "Say when it was discussed with the employees’ representatives. It cannot open without"
        ),
        ("discussed_on", "in-the-future"): gettext(
            "The discussion with the employees’ representatives has not taken place yet"
        ),
        ("job_areas", "missing"): gettext(
            "Nobody’s job has job areas: import them with the people, or let people choose"
        ),
    }
