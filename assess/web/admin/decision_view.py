"""Of a hundred people, how many are placed on the right side: decisions at cuts, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assess.measurement.decision import CutQuality, DecisionQuality, LevelQuality, Method
from assess.web.admin.naming import Names
from assess.web.language import gettext, number

MAIN: Method = "rudner-population"
"""The method whose figure stands in the sentence; the others stand in the table beneath."""


@dataclass(frozen=True, slots=True)
class MethodFigures:
    """One method's figures of 100."""

    method: str
    accuracy: str
    consistency: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision: the sentence, how many sheets it rests on, and every method's figures."""

    name: str
    sentence: str
    n: str
    methods: tuple[MethodFigures, ...]


def decision_lines(quality: DecisionQuality | None, names: Names) -> tuple[DecisionLine, ...]:
    """Each cut, then the levels; empty where the questionnaire decides nothing."""
    if quality is None:
        return ()
    cuts: dict[str, dict[Method, CutQuality]] = {}
    for cut in quality.cuts:
        cuts.setdefault(cut.scale, {})[cut.method] = cut
    lines = [
        _line(
            gettext(
                "%(scale)s, above or below %(cut)s",
                scale=names.scale(scale),
                cut=number(methods[MAIN].cut),
            ),
            methods,
        )
        for scale, methods in cuts.items()
    ]
    levels = {level.method: level for level in quality.levels}
    lines.append(_line(gettext("All four levels together"), levels, is_level=True))
    return tuple(lines)


def _line(
    name: str,
    methods: Mapping[Method, CutQuality] | Mapping[Method, LevelQuality],
    *,
    is_level: bool = False,
) -> DecisionLine:
    main = methods[MAIN]
    labels: dict[Method, str] = {
        "rudner-population": gettext("Rudner, knowing the group"),
        "rudner-flat": gettext("Rudner, each person alone"),
        "livingston-lewis": gettext("Livingston and Lewis"),
    }
    return DecisionLine(
        name=name,
        sentence=_sentence(main.accuracy, is_level=is_level),
        n=number(main.n, 0),
        methods=tuple(
            MethodFigures(
                label, of_hundred(methods[method].accuracy), of_hundred(methods[method].consistency)
            )
            for method, label in labels.items()
            if method in methods
        ),
    )


def _sentence(accuracy: float | None, *, is_level: bool) -> str:
    if accuracy is None:
        return gettext("It cannot be worked out from these answers.")
    people = of_hundred(accuracy)
    if is_level:
        return gettext("Of 100 people, about %(number)s are placed on the right level.", number=people)
    return gettext("Of 100 people, about %(number)s are placed on the right side.", number=people)


def of_hundred(share: float | None) -> str:
    return "–" if share is None else number(100 * share, 0)
