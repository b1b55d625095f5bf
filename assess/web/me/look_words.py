"""A line of the log in words, as the person reads it whom it is about."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from zoneinfo import ZoneInfo

from assess.personal_data.looks import Look
from assess.web import language
from assess.web.language import gettext


def N_(message: str) -> str:  # noqa: N802 (gettext's own name: marks a text that is translated later)
    return message


@dataclass(frozen=True, slots=True)
class LookWords:
    at: str
    what: str
    about: str
    is_own: bool


_SOMEBODY = N_("Somebody who is no longer here")
_OTHER = N_("%(who)s changed something about you")
_OWN_OTHER = N_("You changed something about yourself")

OTHERS: MappingProxyType[str, str] = MappingProxyType(
    {
        "see-profile": N_("%(who)s looked at a result of yours"),
        "see-match": N_("%(who)s looked at your result beside their own leadership style"),
        "see-report": N_("%(who)s opened a report of yours"),
        "print-cards": N_("%(who)s printed a card with a link to your questions"),
        "print-forms": N_("%(who)s printed your questions on paper"),
        "enter-paper": N_("%(who)s typed in what you had answered on paper"),
        "correct-person": N_("%(who)s corrected your name, address or language"),
        "add-person": N_("%(who)s entered you"),
        "move-person": N_("%(who)s moved you to another unit"),
        "end-person": N_("%(who)s noted that you have left"),
        "appoint-coach": N_("%(who)s appointed you as coach"),
        "end-coach": N_("%(who)s ended your appointment as coach"),
        "appoint-representative": N_("%(who)s appointed you as employees’ representative"),
        "end-representative": N_("%(who)s ended your work as employees’ representative"),
        "grant-administrator": N_("%(who)s made you an administrator"),
        "end-administrator": N_("%(who)s ended your work as administrator"),
        "plan-talk": N_("%(who)s planned a talk with you"),
        "see-talk": N_("%(who)s looked at a talk of yours and what was agreed in it"),
        "sign-agreement": N_("%(who)s signed agreements with you"),
        "cancel-talk": N_("%(who)s cancelled a talk with you"),
        "lapse-talk": N_("A talk was cancelled by itself, because it could no longer be held"),
    }
)
"""What somebody else did, by action."""
OTHERS_RATING: MappingProxyType[str, str] = MappingProxyType(
    {
        "see-profile": N_("%(who)s looked at your manager’s rating of you"),
    }
)
"""The same, where it was about the manager's rating and not about an own result."""
OWN: MappingProxyType[str, str] = MappingProxyType(
    {
        "share": N_("You shared a result"),
        "unshare": N_("You stopped sharing a result"),
        "export": N_("You downloaded your data"),
        "open-card": N_("Your card was opened for the first time"),
        "see-profile": N_("You looked at your manager’s rating of you"),
        "see-match": N_("You looked at a result beside your leadership style"),
        "correct-contact": N_("You corrected your name, address or language"),
        "ask-erasure": N_("You asked to be erased"),
        "take-back-erasure": N_("You took back your wish to be erased"),
        "show-talk": N_("You showed a talk to somebody"),
        "stop-showing-talk": N_("You stopped showing a talk to somebody"),
        "sign-agreement": N_("You signed agreements"),
        "cancel-talk": N_("You cancelled a talk"),
    }
)
"""What the person did."""
OWN_WITH: MappingProxyType[str, str] = MappingProxyType(
    {
        "share": N_("You shared a result with %(who)s"),
        "unshare": N_("You stopped sharing a result with %(who)s"),
        "show-talk": N_("You showed a talk to %(who)s"),
        "stop-showing-talk": N_("You stopped showing a talk to %(who)s"),
    }
)
"""The same, where it is known with whom."""


def look_words(look: Look, zone: ZoneInfo) -> LookWords:
    """One line; an action that has no words of its own is told in general."""
    return LookWords(
        at=language.moment_words(look.at, zone),
        what=_own(look) if look.is_own else _others(look),
        about=" · ".join(part for part in (look.title, look.wave) if part),
        is_own=look.is_own,
    )


def _own(look: Look) -> str:
    if look.action == "unshare" and not look.was_shared:
        if look.with_name:
            return gettext("You chose not to share a result with %(who)s", who=look.with_name)
        return gettext("You chose not to share a result")
    if look.with_name and look.action in OWN_WITH:
        return gettext(OWN_WITH[look.action], who=look.with_name)
    return gettext(OWN.get(look.action, _OWN_OTHER))


def _others(look: Look) -> str:
    words = OTHERS.get(look.action, _OTHER)
    if look.perspective == "manager":
        words = OTHERS_RATING.get(look.action, words)
    unnamed = gettext("The operator") if look.by_operator else gettext(_SOMEBODY)
    return gettext(words, who=look.who or unnamed)
