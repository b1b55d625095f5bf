"""The terms of a wave, as its respondents read them: least size of a group, purpose, legal basis, dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from assess.disclosure.thresholds import DEFAULT_GROUP, DISTRIBUTION_GROUP

LEGAL_BASES: Mapping[str, str] = MappingProxyType(
    {
        "legitimate-interest": (
            "The legal basis is your organisation’s legitimate interest in developing its work (GDPR, "
            "article 6(1)(f)). You have the right to object."
        ),
        "public-task": (
            "The legal basis is a task in the public interest that your organisation carries out (GDPR, "
            "article 6(1)(e)). You have the right to object."
        ),
        "legal-obligation": (
            "The legal basis is a legal obligation of your organisation, such as the one to look after the "
            "working environment (GDPR, article 6(1)(c))."
        ),
    }
)
"""The visible table of legal bases: id -> what a respondent reads. Consent is none of them: an employer's
question is not one that an employee can freely answer with no."""

PURPOSE = "The purpose, in your organisation’s words: %(purpose)s"
MORE_LAW = "More about the legal basis, in your organisation’s words: %(legal_text)s"
DELETED = (
    "The answers and what is made of them about single people are deleted on %(delete_on)s at the latest. "
    "Results for groups stay."
)
DISCUSSED = "This was discussed with the employees’ representatives on %(discussed_on)s."


@dataclass(frozen=True, slots=True)
class Terms:
    """What a wave's plan fixes before it opens. `legal_basis`: an id of `LEGAL_BASES`, or empty."""

    least: int = DEFAULT_GROUP
    purpose: str = ""
    legal_basis: str = ""
    legal_text: str = ""
    delete_on: date | None = None
    discussed_on: date | None = None

    @property
    def many(self) -> int:
        """How many people a distribution or comments must at least have."""
        return max(DISTRIBUTION_GROUP, self.least)

    def values(self) -> dict[str, object]:
        """What messages may name."""
        return {
            "least": self.least,
            "many": self.many,
            "purpose": self.purpose,
            "legal_text": self.legal_text,
            "delete_on": self.delete_on,
            "discussed_on": self.discussed_on,
        }

    def messages(self) -> tuple[str, ...]:
        """Message ids of what the plan says beside the rules, in the order of reading; nothing of what it
        leaves open."""
        return (
            *((PURPOSE,) if self.purpose else ()),
            *((LEGAL_BASES[self.legal_basis],) if self.legal_basis in LEGAL_BASES else ()),
            *((MORE_LAW,) if self.legal_text else ()),
            *((DELETED,) if self.delete_on else ()),
            *((DISCUSSED,) if self.discussed_on else ()),
        )
