"""Strengths and next steps: which facets are named, by rules that are stated and always give the same."""

from __future__ import annotations

from assess.scoring.results import ScaleResult
from reports.view.inputs import Area
from reports.view.parts import Highlight

MOST_STRENGTHS = 3
MOST_NEXT = 2


def _facets(area: Area) -> list[ScaleResult]:
    return [r for r in area.own.scales if r.score is not None and r.band and not area.is_domain(r.id)]


def _highlight(area: Area, result: ScaleResult) -> Highlight:
    """What the subject can try with this facet; for a manager a quotation, to be passed on."""
    texts = area.words.texts.scales.get(result.id)
    said = texts.bands.get(result.band) if texts and result.band else None
    text = "" if said is None else area.words.fill(said.next)
    return Highlight(
        scale=result.id,
        name=area.words.scale_name(result.id),
        text=area.words.quoted(text) if text and area.audience != "subject" else text,
        score_words=area.words.score(result.score or 0.0, area.edges(result.id)),
    )


def strengths(area: Area) -> tuple[Highlight, ...]:
    """Facets in the high band, highest score first, equal ones in the order of the file; at most three."""
    high = sorted((r for r in _facets(area) if r.band == "high"), key=lambda r: -(r.score or 0.0))
    return tuple(_highlight(area, result) for result in high[:MOST_STRENGTHS])


def next_steps(area: Area) -> tuple[Highlight, ...]:
    """The two lowest facets below the high band, lowest first, equal ones in the order of the file."""
    below = sorted((r for r in _facets(area) if r.band != "high"), key=lambda r: r.score or 0.0)
    return tuple(_highlight(area, result) for result in below[:MOST_NEXT])
