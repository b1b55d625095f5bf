"""Answers of people who do not exist: a seeded latent-trait simulation of a rating questionnaire. Pure.

How an answer comes about. A person has in each job area a standing on each domain (correlated between
domains and between areas) and on each facet of it. A rater sees that standing only partly: what is seen is
c·truth + √(1 − c²)·own, where `own` is the rater's own picture, halo included, with the same structure. An
item mixes the facet as seen with an error of its own, is a little harder or easier than others, and the sum
falls between thresholds that are the same for all: the graded response model with normal errors (Samejima
1969). Agreeing with everything a little (acquiescence) is added before reversed items are turned.

The loadings and c are worked out so that Cronbach's alpha of the domains comes near the reliability in the
file and self and manager correlate as `Traits.self_other` says (see `_loading` and `_insight`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from questionnaires.definition import (
    ChoiceItem,
    PerspectiveId,
    Questionnaire,
    RatingItem,
    RatingScales,
    ZeroToTenItem,
)

Floats: TypeAlias = npt.NDArray[np.float64]
Positions: TypeAlias = npt.NDArray[np.uint8]
NumberItem: TypeAlias = RatingItem | ZeroToTenItem

WIDTH = 5.0
"""How many standard deviations of an answer's latent the options cover: with five options the thresholds
stand at −1.5, −0.5, 0.5 and 1.5."""
UNKNOWN_RELIABILITY = 0.80


@dataclass(frozen=True, slots=True)
class Traits:
    """The population. Correlations are of latents except `self_other`, which is of observed domain scores.

    `mean` and `lenience` (of self-ratings) are in standard deviations of the latent, `easiness` and
    `acquiescence` are standard deviations between items and between raters, `missing` is the share of
    "can't say" and of optional items left out.
    """

    between_domains: float = 0.45
    between_facets: float = 0.70
    between_areas: float = 0.50
    self_other: float = 0.25
    mean: float = 0.45
    lenience: float = 0.20
    easiness: float = 0.25
    acquiescence: float = 0.12
    missing: float = 0.02


@dataclass(frozen=True, slots=True)
class Simulation:
    """Answers by perspective: uint8, job areas × items × people, positions 1…m, 0 = missing or "can't say".

    `item_ids` names the items of each perspective in order; texts are not simulated.
    """

    item_ids: dict[PerspectiveId, tuple[str, ...]]
    positions: dict[PerspectiveId, Positions]

    def answers(self, perspective: PerspectiveId, job_area: int, person: int) -> dict[str, int]:
        """One answer sheet: item id → position."""
        column = self.positions[perspective][job_area, :, person]
        return dict(zip(self.item_ids[perspective], column.tolist(), strict=True))


def simulate(
    questionnaire: Questionnaire,
    generator: np.random.Generator,
    people: int,
    job_areas: int = 1,
    traits: Traits | None = None,
) -> Simulation:
    """Simulate every perspective on the same people in the same job areas.

    The same questionnaire, generator state and numbers give the same answers.
    Raises `ValueError` for a questionnaire that is not scored by rating scales.
    """
    if not isinstance(questionnaire.scoring, RatingScales):
        raise ValueError(f"{questionnaire.id} is not scored by rating scales")
    population = traits or Traits()
    structure = _structure(questionnaire)
    shape = (job_areas, people)
    truth = _picture(structure, population, generator, shape)
    easiness = {item.id: generator.normal(0, population.easiness) for item in questionnaire.items}
    found = Simulation(item_ids={}, positions={})
    for perspective in questionnaire.perspectives:
        rater = _Rater(questionnaire, structure, population, perspective)
        seen = rater.seen(truth, _picture(structure, population, generator, shape))
        found.item_ids[perspective] = rater.item_ids
        found.positions[perspective] = rater.answer(seen, easiness, generator)
    return found


# --- the structure of the traits -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Structure:
    """`facets`: the domain of each facet, by place; `facet_of`: the facet of each scored item."""

    domains: tuple[str, ...]
    facets: tuple[int, ...]
    facet_of: dict[str, int]


def _structure(questionnaire: Questionnaire) -> _Structure:
    """Domains and their facets; a scale that is neither is a domain with itself as only facet."""
    inner = {facet for scale in questionnaire.scales.values() for facet in scale.facets}
    domains = tuple(scale_id for scale_id in questionnaire.scales if scale_id not in inner)
    facets: list[int] = []
    facet_of: dict[str, int] = {}
    for domain, scale_id in enumerate(domains):
        for facet_id in questionnaire.scales[scale_id].facets or (scale_id,):
            for item_id in questionnaire.scales[facet_id].items:
                facet_of.setdefault(item_id, len(facets))
            facets.append(domain)
    return _Structure(domains, tuple(facets), facet_of)


def _picture(
    structure: _Structure, traits: Traits, generator: np.random.Generator, shape: tuple[int, int]
) -> Floats:
    """Standings, facets × job areas × people: each standard normal, correlated as `traits` says."""

    def standing(number: int) -> Floats:
        areas, people = shape
        same, own = (
            generator.standard_normal((number, 1, people)),
            generator.standard_normal((number, areas, people)),
        )
        return _mixed(traits.between_areas, same, own)

    domains = _mixed(traits.between_domains, standing(1), standing(len(structure.domains)))
    facets = standing(len(structure.facets))
    return _mixed(traits.between_facets, domains[list(structure.facets)], facets)


def _mixed(share: float, common: Floats, own: Floats) -> Floats:
    """Standard normal variables that correlate by `share` where they have `common` in common."""
    return np.asarray(sqrt(share) * common + sqrt(1 - share) * own)


# --- one perspective -------------------------------------------------------------------------------


class _Rater:
    """How one perspective sees and answers."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        structure: _Structure,
        traits: Traits,
        perspective: PerspectiveId,
    ) -> None:
        own = frozenset(questionnaire.perspectives[perspective].items)
        self.questionnaire, self.structure, self.traits = questionnaire, structure, traits
        self.items = [
            item
            for item in questionnaire.items
            if (not own or item.id in own) and isinstance(item, RatingItem | ZeroToTenItem | ChoiceItem)
        ]
        self.item_ids = tuple(item.id for item in self.items)
        self.mean = traits.mean + (traits.lenience if perspective == "self" else 0.0)
        precision = questionnaire.precision.get(perspective, {})
        known = [precision.get(domain) for domain in structure.domains]
        reliabilities = [UNKNOWN_RELIABILITY if found is None else found.reliability for found in known]
        self.loadings = [self._loading(*numbers) for numbers in enumerate(reliabilities)]

    def _own_facets(self, domain: int) -> list[int]:
        """The facet of each item of a domain that this perspective is asked."""
        facets = [self.structure.facet_of.get(item_id) for item_id in self.item_ids]
        return [facet for facet in facets if facet is not None and self.structure.facets[facet] == domain]

    def _likeness(self, domain: int) -> float:
        """Σ over ordered pairs of different items of the correlation of their facets."""
        facets = self._own_facets(domain)
        pairs = len(facets) * (len(facets) - 1)
        alike = sum(facets.count(facet) - 1 for facet in facets)
        return alike + (pairs - alike) * self.traits.between_facets

    def _attenuation(self) -> float:
        """Correlation of an answer with the latent that it coarsens: root mean square over scored items."""
        options = [
            len(_values(self.questionnaire, item))
            for item in self.items
            if item.id in self.structure.facet_of and isinstance(item, RatingItem | ZeroToTenItem)
        ]
        return (
            sqrt(sum(_coarsening(size, self.mean) ** 2 for size in options) / len(options))
            if options
            else 1.0
        )

    def _loading(self, domain: int, reliability: float) -> float:
        """The loading that gives a domain of k items this alpha.

        alpha = k·r / (1 + (k − 1)·r) with the mean correlation r of two answers, which is
        attenuation²·loading²·(mean correlation of their facets).
        """
        items = len(self._own_facets(domain))
        if items < 2:
            return sqrt(reliability)
        mean_correlation = reliability / (items - (items - 1) * reliability)
        likeness = self._likeness(domain) / (items * (items - 1))
        return sqrt(min(0.95, mean_correlation / (self._attenuation() ** 2 * likeness)))

    def _insight(self, domain: int) -> float:
        """c: two raters' domain scores correlate by c²·(signal in the score), signal =
        q·(k + likeness) / (k + q·likeness) with q = attenuation²·loading²."""
        items = len(self._own_facets(domain))
        if not items:
            return 0.0
        q = (self._attenuation() * self.loadings[domain]) ** 2
        likeness = self._likeness(domain)
        signal = q * (items + likeness) / (items + q * likeness)
        return sqrt(min(1.0, self.traits.self_other / signal))

    def seen(self, truth: Floats, own: Floats) -> Floats:
        """The facets as this rater sees them."""
        insight = np.array([self._insight(domain) for domain in self.structure.facets])[:, None, None]
        return np.asarray(insight * truth + np.sqrt(1 - insight**2) * own)

    def answer(self, seen: Floats, easiness: dict[str, float], generator: np.random.Generator) -> Positions:
        """Positions, job areas × items × people."""
        areas, people = seen.shape[1:]
        positions = np.zeros((areas, len(self.items), people), np.uint8)
        agreeing = generator.normal(0, self.traits.acquiescence, (1, people))
        for row, item in enumerate(self.items):
            if isinstance(item, ChoiceItem):
                options = self.questionnaire.options[item.options].size
                positions[:, row] = generator.integers(1, options + 1, (areas, people), np.uint8)
            else:
                latent = self._latent(item, seen, generator) + self.mean + easiness[item.id]
                raw = (-latent if item.reverse else latent) + agreeing
                positions[:, row] = _positions(_values(self.questionnaire, item), raw)
            if _may_be_missing(self.questionnaire, item):
                positions[:, row][generator.random((areas, people)) < self.traits.missing] = 0
        return positions

    def _latent(self, item: NumberItem, seen: Floats, generator: np.random.Generator) -> Floats:
        """What the rater would answer on an endless scale; items in no scale follow all facets a little."""
        facet = self.structure.facet_of.get(item.id)
        if facet is None:
            loading, standing = 0.5, seen.mean(axis=0) if len(seen) else np.zeros(seen.shape[1:])
        else:
            loading, standing = self.loadings[self.structure.facets[facet]], seen[facet]
        error = generator.standard_normal(seen.shape[1:])
        return np.asarray(loading * standing + sqrt(1 - loading**2) * error)


# --- from latents to positions ---------------------------------------------------------------------


def _values(questionnaire: Questionnaire, item: NumberItem) -> tuple[int, ...]:
    if isinstance(item, ZeroToTenItem):
        return tuple(range(11))
    return questionnaire.options[item.options].values


def _thresholds(options: int) -> Floats:
    return np.asarray((np.arange(1, options) - options / 2) * (WIDTH / options), np.float64)


def _positions(values: tuple[int, ...], latent: Floats) -> Positions:
    """The option between whose thresholds the latent falls; options count in the order of their values."""
    position_of_rank = np.argsort(np.array(values)) + 1
    ranks = np.searchsorted(_thresholds(len(values)), latent)
    return position_of_rank[ranks].astype(np.uint8)


def _coarsening(options: int, mean: float) -> float:
    """Correlation of a normal latent around `mean` with the option that it falls on, options one apart:
    Σ φ(threshold) / SD of the option (Olsson, Drasgow & Dorans 1982)."""
    normal = NormalDist(mean)
    cuts = _thresholds(options).tolist()
    above = [1 - normal.cdf(cut) for cut in cuts]
    expected = sum(above)
    square = sum((2 * place + 1) * share for place, share in enumerate(above))
    return sum(normal.pdf(cut) for cut in cuts) / sqrt(square - expected**2)


def _may_be_missing(questionnaire: Questionnaire, item: NumberItem | ChoiceItem) -> bool:
    if item.optional:
        return True
    if isinstance(item, ZeroToTenItem):
        return item.cannot_say
    return questionnaire.options[item.options].cannot_say
