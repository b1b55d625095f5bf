"""The language of a page, and its words: session, then cookie, then Accept-Language, then Danish.

Words come from the catalogues of every room that writes for users; the msgids are English.
"""

from __future__ import annotations

import gettext as gettext_module
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app, g, request
from flask import session as cookie

from assess.language.catalogue import LANGUAGES, catalogue
from assess.rights.notice import LANGUAGE_FOLDER
from questionnaires.definition import LanguageId

DEFAULT: LanguageId = "da"
_COOKIE = "language"
_MEMO = "language"

FOLDER = Path(__file__).parent / "language"
"""The web's own catalogues."""
_ROOMS = (FOLDER, LANGUAGE_FOLDER)


def current() -> LanguageId:
    """The language of this request's page."""
    if _MEMO not in g:
        use(_chosen())
    return cast(LanguageId, g.get(_MEMO))


def use(language: LanguageId) -> None:
    """Shows the rest of this request in `language`."""
    setattr(g, _MEMO, language)


def keep(language: LanguageId) -> None:
    """Shows this and the next pages of this browser in `language`."""
    cookie[_COOKIE] = language
    use(language)


def was_chosen() -> bool:
    """Whether somebody has chosen a language in this browser."""
    return known(cookie.get(_COOKIE)) is not None


def own_path(value: str | None) -> str:
    """`value` if it is the path of a page of ours that can be shown again, else the front page."""
    path = value or ""
    known_to_us = current_app.create_url_adapter(request)
    # Browsers take "//name" and "/\\name" for the address of another host.
    ours = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if ours and known_to_us is not None and known_to_us.test(path, "GET") else "/"


def known(value: object) -> LanguageId | None:
    """`value` as a language that we have, or None."""
    return next((language for language in LANGUAGES if language == value), None)


def _chosen() -> LanguageId:
    kept = known(cookie.get(_COOKIE))
    return kept or known(request.accept_languages.best_match(_accepted(), default=DEFAULT)[:2]) or DEFAULT


def _accepted() -> list[str]:
    # Norwegian readers are served better by Danish than by English.
    return [*LANGUAGES, "da-DK", "sv-SE", "sv-FI", "en-GB", "en-US"]


def words(language: LanguageId) -> gettext_module.NullTranslations:
    """The catalogue of `language`: the web's own words first."""
    return catalogue(language, *_ROOMS)


def gettext(message: str, **values: Any) -> str:
    """`message` in the language of this request, its `%(name)s` filled in. Plain text: templates escape."""
    return words(current()).gettext(message) % values


def ngettext(singular: str, plural: str, num: int, **values: Any) -> str:
    """As `gettext`, by number; `%(num)s` is the number."""
    return words(current()).ngettext(singular, plural, num) % {"num": num, **values}


def set_up(app: Flask) -> None:
    """Gives templates `_()` and `{% trans %}` in the language of each request."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda message: words(current()).gettext(message),
        ngettext=lambda one, many, num: words(current()).ngettext(one, many, num),
        pgettext=lambda context, message: words(current()).pgettext(context, message),
        npgettext=lambda context, one, many, num: words(current()).npgettext(context, one, many, num),
        newstyle=True,
    )
