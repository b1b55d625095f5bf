"""Strengths and next steps: which facets are named, by rules that are stated and always give the same."""

from __future__ import annotations

from assess.scoring.results import ScaleResult
from questionnaires.definition import BandId
from reports.view.inputs import Area
from reports.view.parts import Highlight

MOST_STRENGTHS = 3
MOST_NEXT = 2


def _facets(area: Area) -> list[ScaleResult]:
    return [r for r in area.own.scales if r.score is not None and r.band and not area.is_domain(r.id)]


def _highlight(area: Area, result: ScaleResult, text: str) -> Highlight:
    return Highlight(
        scale=result.id,
        name=area.words.scale_name(result.id),
        text=area.words.fill(text),
        score_words=area.words.score(result.score or 0.0, area.edges(result.id)),
    )


def strengths(area: Area) -> tuple[Highlight, ...]:
    """Facets in the high band, highest score first, equal ones in the order of the file; at most three."""
    high = sorted((r for r in _facets(area) if r.band == "high"), key=lambda r: -(r.score or 0.0))
    return tuple(_highlight(area, r, _band_text(area, r.id, "high")) for r in high[:MOST_STRENGTHS])


def next_steps(area: Area) -> tuple[Highlight, ...]:
    """The two lowest facets below the high band; when all are high, the lowest one: keep it growing."""
    facets = sorted(_facets(area), key=lambda r: r.score or 0.0)
    below = [r for r in facets if r.band != "high"][:MOST_NEXT]
    found = []
    for result in below or facets[:1]:
        texts = area.words.texts.scales.get(result.id)
        said = texts.bands.get(result.band) if texts and result.band else None
        if said is not None:
            found.append(_highlight(area, result, said.next))
    return tuple(found)


def _band_text(area: Area, scale_id: str, band: BandId) -> str:
    texts = area.words.texts.scales.get(scale_id)
    said = texts.bands.get(band) if texts else None
    if said is None:
        return ""
    return said.talk if area.audience == "manager" else said.self
