"""What a personal view is made from: one or two job areas with their profiles, and how to speak to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assess.scoring.comparison import compare
from assess.scoring.form import item_keys, scale_items
from assess.scoring.results import Comparison, Profile, ScaleResult
from questionnaires.definition import Definition, Quadrants
from reports.view.parts import Audience
from reports.view.words import Words

MOST_TICKS = 7


@dataclass(frozen=True, slots=True)
class AreaProfiles:
    """One job area: the report's own profile and, when the reader may see it, the other perspective's.

    `comparison` is own against other; it is computed when another profile is given without it.
    """

    job_area: str
    own: Profile
    other: Profile | None = None
    comparison: Comparison | None = None
    own_date: date | None = None
    other_date: date | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """One job area as the builders of the view see it."""

    definition: Definition
    words: Words
    audience: Audience
    job_area: str
    own: Profile
    other: Profile | None
    comparison: Comparison | None
    dates: tuple[date | None, ...]

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """One or two, the report's own first."""
        return (self.own,) if self.other is None else (self.own, self.other)

    @property
    def classification(self) -> Quadrants | None:
        """The levels, or None where no voice's form scores both axes: then nothing is said of them."""
        if all(profile.classification is None for profile in self.profiles):
            return None
        return self.definition.questionnaire.classification

    @property
    def has_talk(self) -> bool:
        """Whether the questionnaire is one for two: without a manager's side a reader works alone."""
        return has_talk(self.definition)

    def is_domain(self, scale_id: str) -> bool:
        """Whether a scale is made of facets."""
        return bool(self.definition.questionnaire.scales[scale_id].facets)

    def cut(self, scale_id: str) -> float | None:
        """The cut score that concerns a scale: its own, or for a facet that of its domain."""
        if self.classification is None:
            return None
        cuts = self.classification.cuts
        if scale_id in cuts:
            return cuts[scale_id]
        for domain_id, domain in self.definition.questionnaire.scales.items():
            if scale_id in domain.facets and domain_id in cuts:
                return cuts[domain_id]
        return None

    def ticks(self, *scale_ids: str) -> tuple[int, ...]:
        """The values that answers to these scales can have, thinned to at most seven; none where they differ.

        A scale of 0, 25, 50, 75, 100 is labelled so, and not 0, 20, 40 …
        """
        keys = item_keys(self.definition.questionnaire)
        items = [i for scale_id in scale_ids for i in scale_items(self.definition.questionnaire, scale_id)]
        values = {tuple(sorted(keys[item].values)) for item in items if item in keys}
        if len(values) != 1:
            return ()
        (found,) = values
        step = 1 if len(found) <= MOST_TICKS else -(-(len(found) - 1) // (MOST_TICKS - 2))
        return found[::step]

    def edges(self, scale_id: str) -> tuple[float, ...]:
        """Every value of a scale that means something: the cut and the borders of its bands."""
        cut = self.cut(scale_id)
        bands = self.definition.questionnaire.scales[scale_id].bands or ()
        return (*(() if cut is None else (cut,)), *bands)


def has_talk(definition: Definition) -> bool:
    """Whether a manager has a side in this questionnaire."""
    return "manager" in definition.questionnaire.perspectives


def find_scale(profile: Profile, scale_id: str) -> ScaleResult | None:
    """One scale's result, or None where this form does not score it."""
    return next((result for result in profile.scales if result.id == scale_id), None)


def make_area(definition: Definition, words: Words, audience: Audience, given: AreaProfiles) -> Area:
    """Checks what was handed in and fills in the comparison.

    Raises `ValueError` for a profile of another questionnaire, or two profiles of one perspective.
    """
    profiles: Sequence[Profile] = [p for p in (given.own, given.other) if p is not None]
    for profile in profiles:
        if profile.questionnaire_id != definition.questionnaire.id:
            raise ValueError(f"a profile of {profile.questionnaire_id}, not of {definition.questionnaire.id}")
    if len({profile.perspective for profile in profiles}) < len(profiles):
        raise ValueError("own and other profile have the same perspective")
    comparison = given.comparison
    if given.other is not None and comparison is None:
        comparison = compare(definition, given.own, given.other)
    return Area(
        definition=definition,
        words=words,
        audience=audience,
        job_area=given.job_area,
        own=given.own,
        other=given.other,
        comparison=comparison if given.other is not None else None,
        dates=(given.own_date, given.other_date),
    )
