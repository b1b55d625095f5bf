"""Reliability as tables for people: one of the scales, then one of the items of each scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from assess.measurement.results import ItemAnalysis, Reason, Reliability, ScaleReliability

GAP = "  "
UNKNOWN = "–"
SCALE_HEADS = (
    "scale",
    "items",
    "n",
    "mean",
    "SD",
    "alpha",
    "from",
    "to",
    "omega",
    "mean r",
    "SEM",
)
ITEM_HEADS = ("item", "n", "missing", "mean", "SD", "skew", "item–rest", "alpha without", "loading")
REASONS: dict[Reason, str] = {
    "no-answers": "nobody answered",
    "no-scores": "nobody answered enough items for a score",
    "n-under-2": "fewer than 2 sheets",
    "n-under-10": "fewer than 10 sheets",
    "pairs-under-10": "two items that fewer than 10 sheets answer together",
    "single-item": "a single item",
    "fewer-than-3-items": "fewer than 3 items",
    "constant-item": "an item that everybody answered alike",
    "variance-not-positive": "no variance",
    "matrix-not-possible": "covariances that contradict each other, as with many missing answers",
    "negative-alpha": "a negative alpha",
    "heywood-case": "an item that one factor fits impossibly well",
    "not-converged": "a factor that was not found",
    "resamples-undefined": "resamples without alpha",
    "too-few-to-show": "too few sheets to show",
}
"""`not-2-items` and `not-asked` are no news to a reader of the table."""


def write_table(document: Reliability, stream: TextIO) -> None:
    """The document as text; figures rounded to two or three decimals."""
    form = f", short form {document.short_form}" if document.short_form else ""
    stream.write(
        f"{document.questionnaire} {document.version}, {document.perspective}{form}: {document.n} sheets, "
        f"missing answers {document.missing}.\n"
        f"Alpha with its {document.interval:.0%} interval: Feldt's for complete answers, else by bootstrap. "
        "Omega total by minimum residual.\n"
        "\n"
    )
    _write(stream, [SCALE_HEADS, *(_scale(scale) for scale in document.scales)])
    for scale in document.scales:
        stream.write(f"\n{scale.id}\n")
        _write(stream, [ITEM_HEADS, *(_item(item) for item in scale.items)])
        for line in _notes(scale):
            stream.write(f"{line}\n")


def _scale(scale: ScaleReliability) -> tuple[str, ...]:
    incomplete = scale.n_complete < scale.n_used
    low, high = (scale.alpha_bootstrap_interval if incomplete else scale.alpha_interval) or (None, None)
    return (
        scale.id,
        str(scale.n_items),
        str(scale.n_used),
        _number(scale.mean, 2),
        _number(scale.sd, 2),
        _number(scale.alpha),
        _number(low),
        _number(high),
        _number(scale.omega_total),
        _number(scale.average_r),
        _number(scale.sem),
    )


def _item(item: ItemAnalysis) -> tuple[str, ...]:
    return (
        f"{item.id} (reversed)" if item.reversed else item.id,
        str(item.n),
        str(item.missing),
        _number(item.mean, 2),
        _number(item.sd, 2),
        _number(item.skew, 2),
        _number(item.item_rest_r),
        _number(item.alpha_if_dropped),
        _number(item.loading),
    )


def _notes(scale: ScaleReliability) -> list[str]:
    """Why figures are missing, each reason once; and the figure of two items."""
    found = list(scale.reasons.values())
    found += [reason for item in scale.items for reason in item.reasons.values()]
    notes = [
        f"Not known because of {REASONS[reason]}." for reason in dict.fromkeys(found) if reason in REASONS
    ]
    if scale.spearman_brown is not None:
        notes.append(f"Two items: Spearman–Brown {_number(scale.spearman_brown)}.")
    if scale.heywood:
        notes.append(f"Fits the factor impossibly well: {', '.join(scale.heywood)}.")
    return notes


def _number(number: float | None, decimals: int = 3) -> str:
    return UNKNOWN if number is None else f"{number:.{decimals}f}".replace("-", "−")


def _write(stream: TextIO, rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first, *numbers = (
            cell.ljust(width) if not column else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        stream.write(GAP.join((first, *numbers)).rstrip() + "\n")
