"""The language of a page, and its words: session, then cookie, then Accept-Language, then Danish.

Words come from the catalogues of every room that writes for users; the msgids are English.
"""

from __future__ import annotations

import gettext as gettext_module
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_timezone_location
from babel.numbers import format_decimal, format_percent
from flask import Flask, current_app, g, request
from flask import session as cookie

from assess.files.roster_faults import LANGUAGE_FOLDER as ROSTER_FOLDER
from assess.language.catalogue import LANGUAGES, catalogue
from assess.rights import in_words
from assess.rights.notice import LANGUAGE_FOLDER
from questionnaires.definition import LanguageId

DEFAULT: LanguageId = "da"
_COOKIE = "language"
_MEMO = "language"

FOLDER = Path(__file__).parent / "language"
"""The web's own catalogues: what all pages share, and a folder for each group of pages."""
CATALOGUES = (FOLDER, *sorted(file.parent for file in FOLDER.glob("*/da.po")))
_ROOMS = (*CATALOGUES, ROSTER_FOLDER, LANGUAGE_FOLDER)


def current() -> LanguageId:
    """The language of this request's page."""
    if _MEMO not in g:
        use(_chosen())
    return cast(LanguageId, g.get(_MEMO))


def use(language: LanguageId) -> None:
    """Shows the rest of this request in `language`."""
    setattr(g, _MEMO, language)


@contextmanager
def speaking(language: LanguageId) -> Iterator[None]:
    """Makes everything within in another language, such as what somebody else will read."""
    before = current()
    use(language)
    try:
        yield
    finally:
        use(before)


def keep(language: LanguageId) -> None:
    """Shows this and the next pages of this browser in `language`."""
    cookie[_COOKIE] = language
    use(language)


def was_chosen() -> bool:
    """Whether somebody has chosen a language in this browser."""
    return known(cookie.get(_COOKIE)) is not None


def own_path(value: str | None) -> str:
    """`value` if it is the path of a page of ours that can be shown again, else the front page."""
    address = value or ""
    # Browsers take "//name" and "/\\name" for the address of another host; a line end is no part of any.
    ours = address.startswith("/") and not address.startswith("//") and "\\" not in address
    ours = ours and address.isprintable()
    pages = current_app.create_url_adapter(request)
    return address if ours and pages is not None and pages.test(address.split("?")[0], "GET") else "/"


def known(value: object) -> LanguageId | None:
    """`value` as a language that we have, or None."""
    return next((language for language in LANGUAGES if language == value), None)


def _chosen() -> LanguageId:
    # By the first part alone: who asks for sv-FI before en would rather read Swedish.
    accepted = [tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0]
    wishes = (cookie.get(_COOKIE), *accepted)
    return next((language for wish in wishes if (language := known(wish))), DEFAULT)


def words(language: LanguageId) -> gettext_module.NullTranslations:
    """The catalogue of `language`: the web's own words first."""
    return catalogue(language, *_ROOMS)


def gettext(message: str, **values: Any) -> str:
    """`message` in the language of this request, its `%(name)s` filled in. Plain text: templates escape."""
    return words(current()).gettext(message) % values


def ngettext(singular: str, plural: str, num: int, **values: Any) -> str:
    """As `gettext`, by number; `%(num)s` is the number."""
    return words(current()).ngettext(singular, plural, num) % {"num": num, **values}


def day(moment: datetime, zone: ZoneInfo) -> str:
    """The date of a moment in the organisation's time zone, in full: 21. november 2026."""
    return _in_full(moment.astimezone(zone).date(), _locale())


def date_words(day: date) -> str:
    """A date in full: 21. november 2026."""
    return _in_full(day, _locale())


@lru_cache(maxsize=1_024)
def _in_full(day: date, locale: str) -> str:
    return str(format_date(day, format="long", locale=locale))


_MOMENTS: dict[LanguageId, str] = {
    "da": "d. MMMM y 'kl'. HH.mm",
    "sv": "d MMMM y 'kl'. HH:mm",
    "en": "d MMMM y, HH:mm",
}


def moment_words(moment: datetime, zone: ZoneInfo) -> str:
    """Date and time of day of a moment in the organisation's time zone: 21. november 2026 kl. 18.00."""
    return str(format_datetime(moment, _MOMENTS[current()], tzinfo=zone, locale=_locale()))


def clocks(zone: ZoneInfo) -> str:
    """The place whose clocks a zone stands for: Köpenhamn."""
    return str(get_timezone_location(zone, locale=_locale(), return_city=True))


def number(value: float, digits: int = 2) -> str:
    """A number with so many decimals, a half rounded up as reports do: 0,84 in Danish and Swedish."""
    exact = Decimal(repr(round(float(value), 9))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return str(format_decimal(exact, format="0." + "0" * digits if digits else "0", locale=_locale()))


def percent(share: float) -> str:
    """A share of 1 in whole percent."""
    return str(format_percent(share, format="0 %" if current() != "en" else "0%", locale=_locale()))


def _locale() -> str:
    return "en_GB" if current() == "en" else current()


def set_up(app: Flask) -> None:
    """Gives templates `_()` in the language of each request."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda message: words(current()).gettext(message),
        ngettext=lambda one, many, num: words(current()).ngettext(one, many, num),
        pgettext=lambda context, message: words(current()).pgettext(context, message),
        npgettext=lambda context, one, many, num: words(current()).npgettext(context, one, many, num),
        newstyle=True,
    )
    app.jinja_env.globals["in_words"] = lambda statement: in_words(statement, current())
