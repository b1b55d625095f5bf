"""What the parts of a team's view are made of: the profile of the team, its words, and its scales."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from assess.language.catalogue import catalogue
from assess.language.direction import unturned
from assess.language.wording import Wording
from assess.profiles_seen.types import SeenProfile, View
from assess.scoring.form import make_form
from assess.scoring.results import ScaleResult
from assess.team_profiles.types import PersonArea, TeamPerson, TeamProfile
from questionnaires.definition import Definition, LanguageId, LevelId, Quadrants, RatingItem, StyleId, Texts
from reports.charts.bands import BANDS, band_edges, heat_band
from reports.team.heat_parts import BandKey, HeatCell
from reports.view.words import CATALOGUE, Words, words_for

STYLES: tuple[StyleId, ...] = ("S1", "S2", "S3", "S4")
VIEWS: tuple[View, ...] = ("manager", "self")
NOTHING = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Team:
    """Everything that a part needs. `range_of`: the ends of each scale in score units; `needs`: the headline
    of each level that the questionnaire has texts for."""

    found: TeamProfile
    words: Words
    zone: tzinfo
    range_of: dict[str, tuple[float, float]]
    needs: dict[LevelId, str]
    cells: dict[tuple[float, float, float], HeatCell] = field(default_factory=dict)
    """Cells that have been made, by score and ends: there are few scores and thousands of fields."""
    areas: dict[tuple[str, str], str] = field(default_factory=dict)
    """Names of job areas that have been made, by area and wave."""

    @property
    def quadrants(self) -> Quadrants | None:
        definition = self.found.definition
        return None if definition is None else definition.questionnaire.classification

    @property
    def technical(self) -> tuple[str, ...]:
        """The one domain, with its facets, in which named people stand side by side: what they are able to.
        Nothing of the other axis is ever among it."""
        if self.quadrants is None:
            return ()
        return self._with_facets(self.quadrants.across)

    @property
    def psychological(self) -> tuple[str, ...]:
        return () if self.quadrants is None else self._with_facets(self.quadrants.up)

    def _with_facets(self, scale_id: str) -> tuple[str, ...]:
        definition = self.found.definition
        scale = None if definition is None else definition.questionnaire.scales.get(scale_id)
        return (scale_id, *(scale.facets if scale else ()))

    def rows(self) -> Iterator[tuple[TeamPerson, PersonArea]]:
        """Every person and job area, alphabetically by person."""
        for person in self.found.people:
            for area in person.areas:
                yield person, area

    def area_name(self, area: PersonArea) -> str:
        """The job area; with the wave in brackets where what is shown is of an older one than the newest."""
        key = area.area_id, area.wave_id
        if key not in self.areas:
            self.areas[key] = self._area_name(area)
        return self.areas[key]

    def _area_name(self, area: PersonArea) -> str:
        name = unturned(area.job_area.name(self.words.language)) if area.job_area else ""
        wave = self.older_wave(area)
        return f"{name} ({wave})" if name and wave else name or wave

    def older_wave(self, area: PersonArea) -> str:
        """Name of the wave that is shown, where there is a newer one; else ""."""
        shown = next(iter(seen(area)), None)
        if shown is None or not self.found.newest_wave or shown.wave_id == self.found.newest_wave:
            return ""
        return unturned(shown.wave_name)

    def cell(self, result: ScaleResult | None) -> HeatCell:
        """One scale of one profile as a cell of a heat map."""
        if result is None or result.score is None:
            return HeatCell(value=None, band=None, words=NOTHING)
        key = result.score, result.lo, result.hi
        if key not in self.cells:
            self.cells[key] = HeatCell(
                value=result.score,
                band=heat_band(*key),
                words=self.words.score(result.score, band_edges(result.lo, result.hi)),
            )
        return self.cells[key]

    def need(self, level: LevelId) -> str:
        """The headline of a level; where the questionnaire is silent, its id."""
        return self.needs.get(level, level)

    def people(self, names: Sequence[str], most: int = 3) -> str:
        """Names with a last "and"; of many the first and how many more."""
        shown = [unturned(name) for name in names]
        if len(shown) <= most:
            return self.words.listing(shown)
        more = self.words.count("{number} more", "{number} more", len(shown) - most + 1)
        return self.words.listing([*shown[: most - 1], more])

    def voice(self, view: View) -> str:
        """What the leader calls a view at the head of a column."""
        return self.words.say("You") if view == "manager" else self.words.say("Own view")


def seen(area: PersonArea) -> tuple[SeenProfile, ...]:
    """The one or two profiles of a person and job area, the leader's first."""
    return tuple(one for one in (area.manager, area.own) if one is not None)


def find(profile: SeenProfile, scale_id: str) -> ScaleResult | None:
    """A scale of a profile; None where its form does not ask it."""
    return next((scale for scale in profile.profile.scales if scale.id == scale_id), None)


def inputs(found: TeamProfile, language: LanguageId, customer: str, zone: tzinfo) -> Team:
    """The inputs of a view. A questionnaire that lacks the language speaks its source language."""
    definition = found.definition
    if definition is None:
        return Team(found, _plain_words(language, customer), zone, {}, {})
    words = words_for(definition, language, customer)
    needs = {level: words.fill(texts.need).rstrip(".") for level, texts in words.texts.levels.items()}
    return Team(found, words, zone, _ranges(definition), needs)


def _plain_words(language: LanguageId, customer: str) -> Words:
    """The reports' own words, where there is no questionnaire."""
    nothing = Texts(
        language=language,
        title="",
        summary="",
        intended_use=(),
        not_for=(),
        method=(),
        perspectives={},
        options={},
        items={},
    )
    return Words(
        language=language,
        texts=nothing,
        wording=Wording(language, customer),
        translations=catalogue(language, CATALOGUE),
    )


def _ranges(definition: Definition) -> dict[str, tuple[float, float]]:
    questionnaire = definition.questionnaire
    found: dict[str, tuple[float, float]] = {}
    for perspective in questionnaire.perspectives:
        for scale in make_form(questionnaire, perspective).scales:
            found.setdefault(scale.id, (float(scale.lo), float(scale.hi)))
    return found


def band_keys(team: Team) -> tuple[BandKey, ...]:
    """What each colour stands for: the answer that it is nearest to, where each band has one."""
    ends = set(team.range_of.values())
    if len(ends) != 1:
        return ()
    [(lo, hi)] = ends
    labels = _labels(team)
    places = [lo + (hi - lo) * place / (BANDS - 1) for place in range(BANDS)]
    numbers = [team.words.short(place) for place in places]
    return tuple(
        BandKey(
            band=place + 1,
            words=f"{number} {labels[place]}" if len(labels) == BANDS else number,
        )
        for place, number in enumerate(numbers)
    )


def _labels(team: Team) -> tuple[str, ...]:
    """The words of the response options, where all items of the scales share one set; else none."""
    definition = team.found.definition
    items = () if definition is None else definition.questionnaire.items
    scored = (
        set()
        if definition is None
        else {i for s in definition.questionnaire.scales.values() for i in s.items}
    )
    sets = {item.options for item in items if isinstance(item, RatingItem) and item.id in scored}
    if definition is None or len(sets) != 1:
        return ()
    [name] = sets
    values = definition.questionnaire.options[name].values
    texts = team.words.texts.options.get(name)
    if texts is None or list(values) != sorted(values):
        return ()
    return tuple(team.words.fill(label) for label in texts.labels)
