"""The columns of leadership styles in a table of scores: of one leader's sheet, or of a group of raters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, get_args

from assess.scoring.style_results import (
    Effectiveness,
    Flexibility,
    LeadingId,
    RaterGroup,
    StyleRank,
    StylesResult,
)
from questionnaires.definition import LevelId, StyleId

Cell: TypeAlias = str | float | None
Figures: TypeAlias = dict[str, Cell]

STYLES: tuple[StyleId, ...] = get_args(StyleId)
LEVELS: tuple[LevelId, ...] = get_args(LevelId)
RANKS: tuple[StyleRank, ...] = get_args(StyleRank)
LEADING: tuple[LeadingId, ...] = get_args(LeadingId)

COLUMNS: tuple[str, ...] = (
    "answered",
    *(f"{style}{part}" for style in STYLES for part in ("", ".share", ".low", ".high", ".most_used")),
    *RANKS,
    "flexibility",
    *(f"flexibility.{part}" for part in ("chance_mean", "chance_at_least")),
    "effectiveness",
    *(f"effectiveness.{part}" for part in ("lowest", "highest")),
    *(f"effectiveness.{part}" for part in ("chance_mean", "chance_at_least")),
    *(f"effectiveness.{part}" for part in ("blind_mean", "blind_at_least")),
    "fit",
    "pattern",
    *(f"{level}.{style}" for level in LEVELS for style in STYLES),
    *(f"{index}{part}" for index in LEADING for part in ("", ".possible", ".share", ".low", ".high")),
)
"""In the order of the table. `S1`: how often the style was chosen; `M1.S1`: how often where M1 was
described."""

GROUP_COLUMNS: tuple[str, ...] = ("raters", *COLUMNS)
"""Where the questionnaire has direct reports: how many stand behind the row; blank for a single sheet."""


def of_sheet(result: StylesResult) -> Figures:
    """The figures of one sheet by column; what is not known is left out."""
    found: Figures = {"answered": result.answered, "fit": result.fit, "pattern": result.pattern}
    for use in result.uses:
        found |= {use.style: use.count, f"{use.style}.share": use.share}
        found |= {f"{use.style}.low": use.low, f"{use.style}.high": use.high}
        found[f"{use.style}.most_used"] = use.most_used
        found[use.rank] = f"{found.get(use.rank) or ''} {use.style}".strip()
    found |= _flexibility(result.flexibility)
    found |= _effectiveness(result.effectiveness)
    found |= {f"{row.level}.{style}": row.counts.get(style, 0) for row in result.table for style in STYLES}
    for index in result.leading:
        found |= {index.id: index.count, f"{index.id}.possible": index.possible}
        found |= {
            f"{index.id}.share": index.share,
            f"{index.id}.low": index.low,
            f"{index.id}.high": index.high,
        }
    return found


def of_group(group: RaterGroup) -> Figures:
    """The figures of a group of raters: shares, the two indices and the fit, never a count of choices."""
    found: Figures = {"raters": group.raters}
    for value in group.values:
        if value.id == "fit":
            found["fit"] = value.others
        else:
            found |= {
                f"{value.id}.share": value.others,
                f"{value.id}.low": value.others_low,
                f"{value.id}.high": value.others_high,
            }
    return found


def cells(figures: Figures, columns: tuple[str, ...]) -> Iterator[Cell]:
    """The figures in the order of the columns; blank where there is none."""
    return map(figures.get, columns)


def _flexibility(found: Flexibility | None) -> Figures:
    if found is None:
        return {}
    return {
        "flexibility": found.score,
        "flexibility.chance_mean": found.chance.mean,
        "flexibility.chance_at_least": found.chance.at_least,
    }


def _effectiveness(found: Effectiveness | None) -> Figures:
    if found is None:
        return {}
    return {
        "effectiveness": found.score,
        "effectiveness.lowest": found.lowest,
        "effectiveness.highest": found.highest,
        "effectiveness.chance_mean": found.chance.mean,
        "effectiveness.chance_at_least": found.chance.at_least,
        "effectiveness.blind_mean": found.blind.mean,
        "effectiveness.blind_at_least": found.blind.at_least,
    }
