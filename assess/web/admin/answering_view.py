"""How the questions were answered: what is missing, how long it took, which shares look hasty. Rates only."""

from __future__ import annotations

from dataclasses import dataclass

from assess.evidence.results import Measurement
from assess.measurement.response_quality_results import ResponseQuality
from assess.web.admin.naming import Names
from assess.web.language import gettext, number, percent


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a name and what stands beside it."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnsweringView:
    sheets: str
    missing: str
    missing_rows: tuple[Row, ...]
    time: str
    time_n: str
    flagged: str
    flag_rows: tuple[Row, ...]


def answering_view(made: Measurement, names: Names) -> AnsweringView:
    quality = made.response_quality
    return AnsweringView(
        sheets=number(made.sheets or 0, 0),
        missing=_missing(made),
        missing_rows=tuple(
            Row(
                names.item(item.id),
                (number(item.missing, 0), percent(item.missing / (item.answered + item.missing))),
            )
            for item in sorted(made.missing, key=lambda item: -item.missing)
            if item.missing
        ),
        time=_time(made),
        time_n=number(made.time.n, 0) if made.time else number(0, 0),
        flagged=_flagged(quality),
        flag_rows=() if quality is None else _kinds(quality),
    )


def _missing(made: Measurement) -> str:
    asked = sum(item.answered + item.missing for item in made.missing)
    missing = sum(item.missing for item in made.missing)
    if not asked:
        return gettext("Nothing was asked that could be missing.")
    if missing / asked < 0.005:
        return gettext("Hardly any answers are missing.")
    return gettext("Of all answers, %(share)s are missing.", share=percent(missing / asked))


def _time(made: Measurement) -> str:
    if made.time is None or made.time.minutes is None:
        return gettext("For fewer than ten questionnaires the time is known.")
    low, middle, high = made.time.minutes
    return gettext(
        "Half of them took %(middle)s minutes or less; the middle half lies between %(low)s and %(high)s.",
        low=number(low, 1),
        middle=number(middle, 1),
        high=number(high, 1),
    )


def _flagged(quality: ResponseQuality | None) -> str:
    if quality is None or quality.flag_rate is None:
        return gettext("It cannot be worked out from these answers.")
    if not quality.flag_rate:
        return gettext("Hardly any questionnaire shows two different signs of hasty answering.")
    return gettext(
        "About %(share)s of the questionnaires show two different signs of hasty answering.",
        share=percent(quality.flag_rate),
    )


def _kinds(quality: ResponseQuality) -> tuple[Row, ...]:
    words = {
        "alike": gettext("Nearly all answers the same"),
        "inconsistent": gettext("Answers to similar questions contradict each other"),
        "unusual": gettext("A pattern very unlike all others"),
        "fast": gettext("Faster than one can read"),
    }
    return tuple(
        Row(
            words[kind.id],
            (percent(kind.rate) if kind.available and kind.rate is not None else gettext("not known"),),
        )
        for kind in quality.kinds
    )
