"""From what a batch has found to the view that is printed: the visible table kind of batch → view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias
from zoneinfo import ZoneInfo

from assess.answering.types import Results
from assess.batches.types import Found
from assess.talks.brief_types import TalkBrief
from questionnaires.definition import LanguageId
from reports.outcome import view_of_results
from reports.talk import brief_view

MakeView: TypeAlias = Callable[[Found, LanguageId, ZoneInfo], object | None]
"""None: there is nothing to be printed."""


def _report(found: Found, language: LanguageId, zone: ZoneInfo) -> object | None:
    if not isinstance(found.content, Results):
        raise TypeError("not found by this kind")
    return view_of_results(found.content, language, zone, coach=found.as_coach)


def _brief(found: Found, language: LanguageId, zone: ZoneInfo) -> object | None:  # noqa: ARG001 (it has its own)
    if not isinstance(found.content, TalkBrief):
        raise TypeError("not found by this kind")
    return brief_view(found.content, language)


VIEWS: Mapping[str, MakeView] = MappingProxyType({"wave-reports": _report, "unit-briefs": _brief})
