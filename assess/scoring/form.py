"""Which items are asked in which order, and how the answers to them are keyed into scales.

A form is made once for a perspective (and short form) of a questionnaire; everything else in this room
reads forms and never walks a questionnaire again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from questionnaires.definition import (
    Item,
    LevelId,
    PerspectiveId,
    Questionnaire,
    RatingItem,
    ShortForm,
    SituationItem,
    Situations,
    StyleId,
    ZeroToTenItem,
)

ZERO_TO_TEN = tuple(range(11))
"""The values of a 0–10 item: position p stands for p − 1."""


class UnknownForm(ValueError):
    """The questionnaire has no such perspective or short form."""


@dataclass(frozen=True, slots=True)
class ItemKey:
    """How one item counts. Position p (1…m) has the file's value `values[p - 1]` and counts as
    `keyed[p - 1]`; `lo` and `hi` are the ends of the item's response scale."""

    id: str
    values: tuple[int, ...]
    reversed: bool

    @property
    def lo(self) -> int:
        return min(self.values)

    @property
    def hi(self) -> int:
        return max(self.values)

    @property
    def keyed(self) -> tuple[int, ...]:
        """The values in file order, turned round when the item is reversed: x' = lo + hi − x, with the
        ends of the response scale, never the smallest and largest answer seen (METHODS §1)."""
        if not self.reversed:
            return self.values
        return tuple(self.lo + self.hi - value for value in self.values)


@dataclass(frozen=True, slots=True)
class SituationKey:
    """How one situation counts. `actions` are the styles of action A, B, C, D (positions 1–4); `weights`
    is its row of the matrix, or its own where the file overrides it."""

    id: str
    calls_for: LevelId
    actions: tuple[StyleId, StyleId, StyleId, StyleId]
    weights: Mapping[StyleId, int]

    @property
    def best_style(self) -> StyleId:
        """The style called for here: the one with the highest weight. Where several have it, that of the
        level (Mk: Sk) if it is among them, else the first."""
        highest = max(self.weights.values())
        best = sorted(style for style, weight in self.weights.items() if weight == highest)
        return next((style for style in best if style[1:] == self.calls_for[1:]), best[0])


@dataclass(frozen=True, slots=True)
class ScaleKey:
    """One scale as this form asks it. `rows` are rows of the answer matrix (`Form.items`).

    `full_length` is the number of items that the perspective's full form has for it: what the precision
    figures stand for. `lo` and `hi` bound the score. `facets` are the facets of a domain that this form
    scores too; `is_domain` is told by the file alone.
    """

    id: str
    rows: tuple[int, ...]
    min_answered: int
    full_length: int
    lo: int
    hi: int
    is_domain: bool
    facets: tuple[str, ...]
    bands: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class FormPage:
    """Items on one screen. A page that the file does not name has the id of its only item."""

    id: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What one perspective is asked. `item_ids` is the order of asking, page by page.

    The rows of the answer matrix are the `items`, the asked items that count in some scale, then the
    `situations`, the asked ones of a questionnaire that scores them; both in the order of the file.
    `min_situations` of them must be answered for a score; `complete` says that every situation of the
    questionnaire is asked. `shuffled`: each person gets the pages in an order of their own.
    """

    questionnaire_id: str
    perspective: PerspectiveId
    short_form: str | None
    item_ids: tuple[str, ...]
    pages: tuple[FormPage, ...]
    items: tuple[ItemKey, ...]
    scales: tuple[ScaleKey, ...]
    interval: float
    situations: tuple[SituationKey, ...] = ()
    min_situations: int = 0
    complete: bool = True
    shuffled: bool = False

    @property
    def scored_item_ids(self) -> tuple[str, ...]:
        """Ids of the rows of the answer matrix."""
        return tuple(item.id for item in self.items) + tuple(key.id for key in self.situations)

    def scale_row(self, scale_id: str) -> int | None:
        """The row of a scale in the arrays of `ScaleScores`; None when this form does not score it."""
        for row, scale in enumerate(self.scales):
            if scale.id == scale_id:
                return row
        return None


def make_form(
    questionnaire: Questionnaire, perspective: PerspectiveId, short_form: str | None = None
) -> Form:
    """The form of a perspective, in full or as the short form of that name.

    A short form asks its own items, as far as the perspective has them, and scores the scales that it
    gives a minimum for. Without one, every scale with at least one asked item is scored.
    Raises `UnknownForm` for a perspective or short form that the questionnaire does not have.
    """
    full = _asked_in_full(questionnaire, perspective)
    short = _short_form(questionnaire, short_form)
    asked = full if short is None else tuple(item for item in full if item.id in frozenset(short.items))
    keys = item_keys(questionnaire)
    in_scales = {item_id for scale in questionnaire.scales for item_id in scale_items(questionnaire, scale)}
    items = tuple(keys[item.id] for item in asked if item.id in keys and item.id in in_scales)
    pages = _pages(questionnaire, asked)
    situations = situation_keys(questionnaire)
    asked_situations = tuple(situations[item.id] for item in asked if item.id in situations)
    return Form(
        questionnaire_id=questionnaire.id,
        perspective=perspective,
        short_form=short_form,
        item_ids=tuple(item_id for page in pages for item_id in page.items),
        pages=pages,
        items=items,
        scales=_scales(questionnaire, short, {item.id for item in full}, items),
        interval=questionnaire.interval,
        situations=asked_situations,
        min_situations=_min_situations(questionnaire, perspective),
        complete=len(asked_situations) == len(situations),
        shuffled=questionnaire.shuffled,
    )


def shuffled_form(form: Form, seed: int) -> Form:
    """The same form with its pages in the order that belongs to this seed; the form itself when its
    questionnaire does not shuffle.

    The order is that of the SHA-256 of seed and page id: the same on every machine and Python, and a page
    that is added moves no other two. Pages with nothing that is scored (a remark at the end) stay in place.
    """
    if not form.shuffled:
        return form
    scored = frozenset(form.scored_item_ids)
    moving = [page for page in form.pages if not scored.isdisjoint(page.items)]
    moved = iter(sorted(moving, key=lambda page: _place(seed, page.id)))
    pages = tuple(page if scored.isdisjoint(page.items) else next(moved) for page in form.pages)
    return replace(form, pages=pages, item_ids=tuple(item_id for page in pages for item_id in page.items))


def _place(seed: int, page_id: str) -> bytes:
    return hashlib.sha256(f"{seed} {page_id}".encode()).digest()


def item_keys(questionnaire: Questionnaire) -> dict[str, ItemKey]:
    """The key of every item that has numbers: ratings and 0–10, by item id, in the order of the file."""
    keys: dict[str, ItemKey] = {}
    for item in questionnaire.items:
        if isinstance(item, RatingItem):
            keys[item.id] = ItemKey(item.id, questionnaire.options[item.options].values, item.reverse)
        elif isinstance(item, ZeroToTenItem):
            keys[item.id] = ItemKey(item.id, ZERO_TO_TEN, item.reverse)
    return keys


def situation_keys(questionnaire: Questionnaire) -> dict[str, SituationKey]:
    """The key of every situation by item id, in the order of the file; empty where they are not scored."""
    scoring = questionnaire.scoring
    if not isinstance(scoring, Situations):
        return {}
    return {
        item.id: SituationKey(
            id=item.id,
            calls_for=item.calls_for,
            actions=item.actions,
            weights=scoring.weights[item.calls_for] if item.override is None else item.override.weights,
        )
        for item in questionnaire.items
        if isinstance(item, SituationItem)
    }


def scale_items(questionnaire: Questionnaire, scale_id: str) -> tuple[str, ...]:
    """The item ids of a scale; a domain has those of its facets in order, each once."""
    scale = questionnaire.scales[scale_id]
    if not scale.facets:
        return scale.items
    return tuple(
        dict.fromkeys(item_id for facet in scale.facets for item_id in scale_items(questionnaire, facet))
    )


def _asked_in_full(questionnaire: Questionnaire, perspective: PerspectiveId) -> tuple[Item, ...]:
    if perspective not in questionnaire.perspectives:
        known = ", ".join(questionnaire.perspectives)
        raise UnknownForm(f"{questionnaire.id} has no perspective {perspective!r}; it has {known}")
    own = frozenset(questionnaire.perspectives[perspective].items)
    return tuple(item for item in questionnaire.items if not own or item.id in own)


def _min_situations(questionnaire: Questionnaire, perspective: PerspectiveId) -> int:
    own = questionnaire.perspectives[perspective].min_answered
    if not isinstance(questionnaire.scoring, Situations):
        return 0
    return questionnaire.scoring.min_answered if own is None else own


def _short_form(questionnaire: Questionnaire, name: str | None) -> ShortForm | None:
    if name is None:
        return None
    if name not in questionnaire.short_forms:
        known = ", ".join(questionnaire.short_forms) or "none"
        raise UnknownForm(f"{questionnaire.id} has no short form {name!r}; it has {known}")
    return questionnaire.short_forms[name]


def _pages(questionnaire: Questionnaire, asked: tuple[Item, ...]) -> tuple[FormPage, ...]:
    """Pages in the order of their first asked item; an item on no page has a page to itself."""
    page_of = {item_id: page.id for page in questionnaire.pages for item_id in page.items}
    pages: dict[tuple[bool, str], list[str]] = {}
    for item in asked:
        page_id = page_of.get(item.id)
        pages.setdefault((page_id is None, page_id or item.id), []).append(item.id)
    return tuple(FormPage(page_id, tuple(items)) for (_, page_id), items in pages.items())


def _scales(
    questionnaire: Questionnaire,
    short: ShortForm | None,
    full_items: set[str],
    items: tuple[ItemKey, ...],
) -> tuple[ScaleKey, ...]:
    row_of = {item.id: row for row, item in enumerate(items)}
    minimum = (
        {scale_id: scale.min_answered for scale_id, scale in questionnaire.scales.items()}
        if short is None
        else short.min_answered
    )
    rows = {
        scale_id: tuple(
            row_of[item_id] for item_id in scale_items(questionnaire, scale_id) if item_id in row_of
        )
        for scale_id in questionnaire.scales
        if scale_id in minimum
    }
    scored = {scale_id for scale_id in rows if rows[scale_id]}
    return tuple(
        ScaleKey(
            id=scale_id,
            rows=rows[scale_id],
            min_answered=minimum[scale_id],
            full_length=len(full_items.intersection(scale_items(questionnaire, scale_id))),
            lo=min(items[row].lo for row in rows[scale_id]),
            hi=max(items[row].hi for row in rows[scale_id]),
            is_domain=bool(scale.facets),
            facets=tuple(facet for facet in scale.facets if facet in scored),
            bands=scale.bands,
        )
        for scale_id, scale in questionnaire.scales.items()
        if scale_id in scored
    )
