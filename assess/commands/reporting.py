"""`assess report`: from an answers file to one person's report. One module for each kind of report."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from assess.commands import leader_report, personal_report
from assess.commands.answers import language_of, open_answers, refuse_confidential
from assess.commands.report_order import ReportOrder
from assess.errors import AssessError
from assess.settings import Settings
from questionnaires.definition import Definition, LanguageId, RatingScales, Scoring, Situations
from reports.fonts import static_fonts
from reports.leader import LeaderView
from reports.pdf import render
from reports.view import PersonalView

REPORT_KINDS: Mapping[type[Scoring], Callable[[ReportOrder], PersonalView | LeaderView]] = {
    RatingScales: personal_report.view_of,
    Situations: leader_report.view_of,
}
"""The type of `Questionnaire.scoring` → what a report about a sheet of it shows."""


def report_from_answers(
    definition: Definition,
    answers: BinaryIO,
    sheet_id: str,
    *,
    language: LanguageId | None,
    name: str,
    short_form: str | None = None,
    maturity: tuple[Definition, BinaryIO] | None = None,
    settings: Settings,
    say: Callable[[str], None],
) -> bytes:
    """The report of one sheet as PDF; `say` gets a line that names the sheets in it.

    `maturity`: a questionnaire with a classification and its answers file, for the match pages of a leader's
    report. Raises `BadInput` for a wrong file and for two sheets where one is wanted, `NotFound` for an
    unknown id, `AssessError` for a language or short form that the questionnaire does not have, for a kind
    that is not scored yet, and for what is confidential.
    """
    if maturity is not None and not isinstance(definition.questionnaire.scoring, Situations):
        raise AssessError(
            f"{definition.questionnaire.id} does not measure leadership style, so there is nothing to match.",
            "Leave out --maturity.",
        )
    chosen = language_of(definition, language)
    file = open_answers(definition, answers, short_form)
    row = file.row_of(sheet_id)
    refuse_confidential(file, row)
    order = ReportOrder(
        file=file,
        row=row,
        language=chosen,
        name=name,
        today=datetime.now(settings.time_zone).date(),
        customer=settings.customer,
        maturity=None if maturity is None else open_answers(*maturity),
        say=say,
    )
    view = REPORT_KINDS[type(definition.questionnaire.scoring)](order)
    return render(view, static_fonts(font_cache(settings)))


def font_cache(settings: Settings) -> Path:
    """Where prepared fonts are kept: with the service's data if there is any, else the user's cache."""
    if settings.data.is_dir():
        return settings.data / "fonts"
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "assess" / "fonts"
