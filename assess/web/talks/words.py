"""What the pages of talks call things: kinds, owners, statuses, and what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from assess.talks.lapsing import Reason
from assess.talks.types import (
    LONGEST_AGREEMENT,
    LONGEST_NOTE,
    LONGEST_PLACE,
    LONGEST_PREPARATION,
    LONGEST_TALK,
    SHORTEST_TALK,
    STATUSES,
    AgreementKind,
    AgreementOwner,
    AgreementStatus,
    Talk,
    TalkField,
    TalkReason,
)
from assess.web.language import gettext


def N_(message: str) -> str:  # noqa: N802 (gettext's own name: marks a text that is translated later)
    return message


KINDS: Mapping[AgreementKind, tuple[str, str]] = MappingProxyType(
    {
        "professional": (
            N_("Professional"),
            N_("What somebody is to know and be able to do in the work: a skill, a task, a result."),
        ),
        "behavioural": (
            N_("Behavioural"),
            N_("How the work is done together with others: what one can see and hear somebody do."),
        ),
        "personal": (
            N_("Personal"),
            N_(
                "What matters to the person: well-being, working life, direction. Only what the person wants"
                " to agree on."
            ),
        ),
    }
)
"""Kind of agreement → its name, and what belongs there."""

STATUS_WORDS: Mapping[AgreementStatus, str] = MappingProxyType(
    {
        "open": N_("Not begun"),
        "under-way": N_("Under way"),
        "done": N_("Done"),
        "dropped": N_("Dropped"),
    }
)

WHY_LAPSED: Mapping[Reason, str] = MappingProxyType(
    {
        "person-left": N_("It was cancelled by itself, because you had left the organisation."),
        "holder-left": N_("It was cancelled by itself, because %(other)s had left the organisation."),
        "not-led": N_(
            "It was cancelled by itself, because %(other)s was no longer your manager. Your manager of today"
            " can plan a new one."
        ),
        "no-coach": N_("It was cancelled by itself, because %(other)s was no longer a coach here."),
        "leads": N_(
            "It was cancelled by itself, because %(other)s had come to lead you, and was your coach no"
            " longer."
        ),
        "not-shown": N_(
            "It was cancelled by itself, because you no longer showed it to %(other)s, who was not told why."
        ),
    }
)
"""Why a talk could not be held any more → what its person reads."""

FIELDS: Mapping[TalkField, str] = MappingProxyType(
    {
        "starts-at": "day",
        "minutes": "minutes",
        "place": "place",
        "strengths": "strengths",
        "wishes": "wishes",
        "obstacles": "obstacles",
        "questions": "questions",
        "text": "text",
        "kind": "kind",
        "what": "what",
        "first-step": "first-step",
        "help-needed": "help-needed",
        "owner": "owner",
        "due-on": "due-on",
        "seen-by": "seen-by",
        "status": "status",
    }
)
"""What the use cases call a field → the field of the page that is marked."""

REASONS: Mapping[tuple[TalkField | None, TalkReason], str] = MappingProxyType(
    {
        ("starts-at", "past"): N_("This time has passed. Choose a later one"),
        ("starts-at", "far"): N_("That is too far away. Choose a day within two years"),
        ("starts-at", "overlap"): N_("The two of you have planned another talk at that time"),
        ("starts-at", "many"): N_(
            "The two of you have as many talks planned as there can be. Move or cancel one"
        ),
        ("starts-at", "often"): N_(
            "The two of you have been sent too many letters about talks planned and moved today. Try again"
            " tomorrow"
        ),
        ("minutes", "range"): N_("A talk lasts between %(least)s and %(most)s minutes"),
        ("kind", "unknown"): N_("Choose what kind of agreement it is"),
        ("kind", "empty"): N_("Choose what kind of agreement it is"),
        ("what", "many"): N_("This talk holds as many agreements as it can. Change one of them instead"),
        ("what", "empty"): N_("Write what you agree on"),
        ("strengths", "empty"): N_(
            "Write something in one of the four before you say that you are ready. If you prepare nothing,"
            " the brief opens when the talk begins"
        ),
        ("owner", "unknown"): N_("Choose who sees to it"),
        ("owner", "empty"): N_("Choose who sees to it"),
        ("due-on", "past"): N_("This day has passed. Choose a later one, or none"),
        ("due-on", "far"): N_("That is too far away. Choose an earlier day, or none"),
        (None, "empty"): N_("This cannot be empty"),
        (None, "too-long"): N_("Too long: at most %(longest)s characters fit"),
        (None, "signs"): N_("This holds signs that cannot be kept. Type it anew instead of pasting it"),
    }
)
"""Field and reason → words; with None for every other field."""
_OTHERWISE = N_("This cannot be kept")

_LONGEST: Mapping[TalkField, int] = MappingProxyType(
    {
        "place": LONGEST_PLACE,
        "text": LONGEST_NOTE,
        **dict.fromkeys(("strengths", "wishes", "obstacles", "questions"), LONGEST_PREPARATION),
    }
)


def faults_in_words(faults: Mapping[TalkField, TalkReason]) -> dict[str, str]:
    """Field of the page → what is wrong with it."""
    return {FIELDS[field]: _fault(field, reason) for field, reason in faults.items()}


def _fault(field: TalkField, reason: TalkReason) -> str:
    words = REASONS.get((field, reason)) or REASONS.get((None, reason)) or _OTHERWISE
    return gettext(
        words,
        longest=_LONGEST.get(field, LONGEST_AGREEMENT),
        least=SHORTEST_TALK,
        most=LONGEST_TALK,
    )


def kind_words() -> list[tuple[str, str, str]]:
    """Each kind of agreement: id, name, what belongs there."""
    return [(kind, gettext(name), gettext(about)) for kind, (name, about) in KINDS.items()]


def status_words() -> list[tuple[str, str]]:
    """Each status: id and name."""
    return [(status, gettext(STATUS_WORDS[status])) for status in STATUSES]


def owner_words(talk: Talk) -> list[tuple[AgreementOwner, str]]:
    """Who can see to it: the two by name, or both. Whoever led the person when the talk was held, and does so
    no longer, sees to nothing: in that place stands the manager of today."""
    holder = talk.holder.name or gettext("Whoever held the talk")
    if talk.holder_role == "manager" and not talk.holder_is_current:
        holder = gettext("The manager of today")
    return [("person", talk.person.name), ("holder", holder), ("both", gettext("Both together"))]


def listed(names: Iterable[str]) -> str:
    """Anna, Bo and Cia."""
    found = list(names)
    if len(found) < 2:
        return "".join(found)
    return gettext("%(first)s and %(last)s", first=", ".join(found[:-1]), last=found[-1])
