"""Filling the placeholders of questionnaire texts: first name, job area, the customer word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

from questionnaires.definition import PLACEHOLDERS, LanguageId

CustomerForms = dict[str, str]
_FORMS = ("customer", "a_customer", "the_customer", "customers", "the_customers")

CUSTOMER_WORDS: MappingProxyType[str, dict[LanguageId, tuple[str, str, str, str, str]]] = MappingProxyType(
    {
        "customer": {
            "da": ("kunde", "en kunde", "kunden", "kunder", "kunderne"),
            "sv": ("kund", "en kund", "kunden", "kunder", "kunderna"),
            "en": ("customer", "a customer", "the customer", "customers", "the customers"),
        },
        "citizen": {
            "da": ("borger", "en borger", "borgeren", "borgere", "borgerne"),
            "sv": ("invånare", "en invånare", "invånaren", "invånare", "invånarna"),
            "en": ("citizen", "a citizen", "the citizen", "citizens", "the citizens"),
        },
        "patient": {
            "da": ("patient", "en patient", "patienten", "patienter", "patienterne"),
            "sv": ("patient", "en patient", "patienten", "patienter", "patienterna"),
            "en": ("patient", "a patient", "the patient", "patients", "the patients"),
        },
        "pupil": {
            "da": ("elev", "en elev", "eleven", "elever", "eleverne"),
            "sv": ("elev", "en elev", "eleven", "elever", "eleverna"),
            "en": ("pupil", "a pupil", "the pupil", "pupils", "the pupils"),
        },
        "guest": {
            "da": ("gæst", "en gæst", "gæsten", "gæster", "gæsterne"),
            "sv": ("gäst", "en gäst", "gästen", "gäster", "gästerna"),
            "en": ("guest", "a guest", "the guest", "guests", "the guests"),
        },
        "resident": {
            "da": ("beboer", "en beboer", "beboeren", "beboere", "beboerne"),
            "sv": ("boende", "en boende", "den boende", "boende", "de boende"),
            "en": ("resident", "a resident", "the resident", "residents", "the residents"),
        },
        "member": {
            "da": ("medlem", "et medlem", "medlemmet", "medlemmer", "medlemmerne"),
            "sv": ("medlem", "en medlem", "medlemmen", "medlemmar", "medlemmarna"),
            "en": ("member", "a member", "the member", "members", "the members"),
        },
        "user": {
            "da": ("bruger", "en bruger", "brugeren", "brugere", "brugerne"),
            "sv": ("brukare", "en brukare", "brukaren", "brukare", "brukarna"),
            "en": ("user", "a user", "the user", "users", "the users"),
        },
    }
)
"""Setting `ASSESS_CUSTOMER` → forms per language, in the order of `_FORMS`."""

_PLACEHOLDER = re.compile(r"\{(" + "|".join(sorted(PLACEHOLDERS)) + r")\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """What the placeholders of one person's questionnaire stand for.

    `customer` is a key of `CUSTOMER_WORDS`; an unknown one raises `KeyError`.
    """

    language: LanguageId
    customer: str = "customer"
    first_name: str = ""
    job_area: str = ""

    def fill(self, text: str) -> str:
        """`text` with each known placeholder replaced. Plain text in, plain text out: the caller escapes.

        A sentence that begins with a customer word gets its capital.
        """
        words = dict(zip(_FORMS, CUSTOMER_WORDS[self.customer][self.language], strict=True))
        words["first_name"] = self.first_name
        words["job_area"] = self.job_area

        def replace(match: re.Match[str]) -> str:
            word = words[match[1]]
            before = text[: match.start()].rstrip()
            starts_sentence = not before or before[-1] in ".!?:"
            return word[:1].upper() + word[1:] if starts_sentence and before[-1:] != ":" else word

        return _PLACEHOLDER.sub(replace, text)
