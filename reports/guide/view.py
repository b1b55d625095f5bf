"""The handbook in one language."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec
import yaml
from babel.dates import format_date

from questionnaires.definition import LanguageId
from reports.guide.parts import FORMAT, GuideTexts, GuideView
from reports.view.words import DAYS

FOLDER = Path(__file__).parent
"""Holds `da.yaml`, `sv.yaml`, `en.yaml`."""


@lru_cache(maxsize=8)
def guide_view(language: LanguageId) -> GuideView:
    """The handbook: the same for every reader of a language, so it is read once.

    Raises `FileNotFoundError` for a language that has none, `msgspec.ValidationError` for a file of another
    shape.
    """
    content = (FOLDER / f"{language}.yaml").read_text(encoding="utf-8")
    texts = msgspec.convert(yaml.safe_load(content), GuideTexts)
    day = date.fromisoformat(texts.written)
    return GuideView(
        **msgspec.structs.asdict(texts),
        format=FORMAT,
        subject="",
        organisation="",
        day=texts.written,
        date=format_date(day, format="long", locale=DAYS[language]),
        summary=texts.about,
    )
