"""Language of a view: catalogue, filled questionnaire texts, numbers and dates as this reader writes them."""

from __future__ import annotations

import gettext
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from assess.language.catalogue import catalogue
from assess.language.wording import Wording
from questionnaires.definition import Definition, LanguageId, PerspectiveId, StyleId, Texts

CATALOGUE = Path(__file__).parent.parent / "language"
MINUS = "\N{MINUS SIGN}"
NOTHING = 1e-9
"""Less than this is an error of the machine's arithmetic."""
DAYS: dict[LanguageId, str] = {"da": "da_DK", "sv": "sv_SE", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Words:
    """Says things in one language about one subject and job area."""

    language: LanguageId
    texts: Texts
    wording: Wording
    translations: gettext.NullTranslations
    first_name: str = ""
    """The subject's, where it is known; texts are filled with `wording`, which never has a gap there."""

    def say(self, message: str, **values: str) -> str:
        """The translation of an English message with its `{named}` values put in. Plain text."""
        said = self.translations.gettext(message)
        return said.format(**values) if values else said

    def count(self, one: str, many: str, number: int, **values: str) -> str:
        """As `say`, in the plural form of `number`, which is itself `{number}`."""
        return self.translations.ngettext(one, many, number).format(number=str(number), **values)

    def fill(self, text: str) -> str:
        """A text of the questionnaire with its placeholders replaced."""
        return self.wording.fill(text)

    def fill_all(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Several texts of the questionnaire, filled; empty ones left out."""
        return tuple(self.wording.fill(text) for text in texts if text)

    def score(self, value: float, cuts: Sequence[float] = ()) -> str:
        """A score with one decimal, or two where rounding would carry it onto or over one of `cuts`."""
        shown = _half_up(value, 1)
        crosses = any((value < cut) != (shown < cut) for cut in cuts)
        return self._decimal(value, "0.00" if crosses else "0.0")

    def interval(self, low: float, high: float) -> str:
        """Two limits with one decimal."""
        return f"{self.score(low)}\N{EN DASH}{self.score(high)}"

    def signed(self, value: float) -> str:
        """A difference or its limit with its sign and two decimals; only nothing at all has no sign."""
        if abs(value) < NOTHING:
            return self.two(0.0)
        return f"{MINUS if value < 0 else '+'}{self.two(abs(value))}"

    def signed_short(self, value: float) -> str:
        """A place on an axis around nought: its sign, and no more decimals than it has."""
        return f"+{self.whole(value)}" if value > 0 else self.whole(value)

    def points(self, value: float) -> str:
        """A difference between two shares in percentage points, with its sign; only nothing has none.

        Whole ones, and with a decimal where rounding would carry it onto zero.
        """
        if abs(value) < NOTHING:
            return "0"
        size = 100 * abs(value)
        shown = self._decimal(size, "0.0") if size < 0.5 else str(math.floor(size + 0.5 + NOTHING))
        return f"{MINUS if value < 0 else '+'}{shown}"

    def difference(self, own: float, other: float) -> str:
        """own − other with its sign, of the two as `two` shows them: a reader who subtracts gets the same."""
        return self.signed(_half_up(own, 2) - _half_up(other, 2))

    def two(self, value: float) -> str:
        """Two decimals, for the small print."""
        return self._decimal(value, "0.00")

    def three(self, value: float) -> str:
        """Three decimals, for probabilities of tests."""
        return self._decimal(value, "0.000")

    def whole(self, value: float) -> str:
        """An option value or the end of a scale."""
        return self._decimal(value, "0.##")

    def short(self, value: float) -> str:
        """At most one decimal, and none where it is nought."""
        return self._decimal(_half_up(value, 1), "0.#")

    def percent(self, share: float, cut: float = 0.0) -> str:
        """A probability in whole percent; never a false 0 or 100, and never rounded up onto `cut`, from which
        on something is said or done."""
        if share < cut and 100 * share + 0.5 + NOTHING >= 100 * cut:
            return self.say("just under {percent}", percent=self._percent(cut))
        if share < 0.01:
            return self.say("under {percent}", percent=self._percent(0.01))
        if share > 0.99:
            return self.say("over {percent}", percent=self._percent(0.99))
        return self._percent(share)

    def near_percent(self, share: float) -> str:
        """A share that was counted, in whole percent: 0 % is 0 %."""
        return self._percent(math.floor(100 * share + 0.5 + NOTHING) / 100)

    def percents(self, low: float, high: float) -> str:
        """The limits of an interval of shares in whole percent: 23–56 %."""
        return f"{math.floor(100 * low + 0.5 + NOTHING)}\N{EN DASH}{self.near_percent(high)}"

    def day(self, day: date) -> str:
        """A date in full: 21. november 2026."""
        return _day(day, DAYS[self.language])

    def listing(self, names: Sequence[str]) -> str:
        """Names with commas and a last "and"."""
        if len(names) < 2:
            return "".join(names)
        return self.say("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])

    def scale_name(self, scale_id: str) -> str:
        """What the questionnaire calls a scale; its id where the file is silent."""
        texts = self.texts.scales.get(scale_id)
        return self.fill(texts.name) if texts else scale_id

    def scale_listing(self, scale_ids: Sequence[str]) -> str:
        """Several scales in a row: a capital for the first, as it follows a colon, none for the others."""
        first = [self.scale_name(scale) for scale in scale_ids[:1]]
        return self.listing(first + [self.scale_mention(scale) for scale in scale_ids[1:]])

    def quoted(self, text: str) -> str:
        """A text in this language's quotation marks."""
        return self.say("“{text}”", text=text)

    def scale_mention(self, scale_id: str) -> str:
        """A scale's name inside a sentence: a small letter first, unless it has capitals inside."""
        name = self.scale_name(scale_id)
        return name if any(letter.isupper() for letter in name[1:]) else name[:1].lower() + name[1:]

    def style_title(self, style: StyleId) -> str:
        """What the questionnaire calls a leadership style; its common name where the file is silent."""
        texts = self.texts.styles.get(style)
        name = self.fill(texts.name) if texts else self.style_name(style)
        return name[:1].upper() + name[1:]

    def style_mention(self, style: StyleId) -> str:
        """As `style_title`, inside a sentence: a small letter first, unless it has capitals inside."""
        name = self.style_title(style)
        return name if any(letter.isupper() for letter in name[1:]) else name[:1].lower() + name[1:]

    def style_name(self, style: StyleId) -> str:
        """The common name of a leadership style."""
        return {
            "S1": self.say("instructing"),
            "S2": self.say("coaching"),
            "S3": self.say("supporting"),
            "S4": self.say("delegating"),
        }[style]

    def _decimal(self, value: float, pattern: str) -> str:
        tidy = round(value, 9) + 0.0
        if pattern in ("0.0", "0.00"):
            tidy = _half_up(tidy, pattern.count("0") - 1)
        return _written(tidy, pattern, self.language)

    def _percent(self, share: float) -> str:
        pattern = "0%" if self.language == "en" else "0\N{NO-BREAK SPACE}%"
        return str(format_percent(share, format=pattern, locale=self.language))


# A team's page writes some thousand numbers and few different ones; Babel takes 0.1 ms for each.
@lru_cache(maxsize=8_192)
def _written(value: float, pattern: str, language: LanguageId) -> str:
    return str(format_decimal(value, format=pattern, locale=language)).replace("-", MINUS)


@lru_cache(maxsize=1_024)
def _day(day: date, locale: str) -> str:
    return str(format_date(day, format="long", locale=locale))


def _half_up(value: float, decimals: int) -> float:
    """Rounded as people round: a half goes up."""
    unit: int = 10**decimals
    return math.floor(value * unit + 0.5 + NOTHING) / unit


def words_for(
    definition: Definition,
    language: LanguageId,
    customer: str = "customer",
    first_name: str = "",
    job_area: str = "",
) -> Words:
    """The words of a report. A questionnaire that lacks the language is reported in its source language."""
    spoken = language if language in definition.texts else definition.questionnaire.source_language
    translations = catalogue(spoken, CATALOGUE)
    called = first_name or translations.gettext("the employee")
    return Words(
        language=spoken,
        texts=definition.texts[spoken],
        wording=Wording(spoken, customer, called, job_area),
        translations=translations,
        first_name=first_name,
    )


READERS: Mapping[str, PerspectiveId | None] = MappingProxyType(
    {"subject": "self", "manager": "manager", "coach": None}
)
"""Which perspective is the reader's own, by audience."""


def voice_label(words: Words, perspective: PerspectiveId, audience: str) -> str:
    """What this reader calls a perspective, at the head of a column."""
    if perspective == READERS[audience]:
        return words.say("You")
    if perspective == "self":
        return words.first_name or words.say("Self")
    if perspective == "manager":
        return words.say("Your manager") if audience == "subject" else words.say("The manager")
    return words.say("A direct report")


def voice_mention(words: Words, perspective: PerspectiveId, audience: str) -> str:
    """What this reader calls a perspective inside a sentence."""
    if perspective == READERS[audience]:
        return words.say("you")
    if perspective == "self":
        return words.first_name or words.say("the employee")
    if perspective == "manager":
        return words.say("your manager") if audience == "subject" else words.say("the manager")
    return words.say("a direct report")
