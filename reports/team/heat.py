"""Heat maps: the technical facets of named people, and all facets of groups. Colours are absolute."""

from __future__ import annotations

from assess.language.direction import unturned
from assess.profiles_seen.types import SeenProfile
from assess.scoring.results import ScaleResult
from assess.team_profiles.types import FacetCell as Figure
from assess.team_profiles.types import FacetColumn
from reports.charts.bands import band_edges, heat_band
from reports.team.heat_parts import (
    FacetCell,
    FacetHead,
    FacetRow,
    FacetsPart,
    TechnicalPart,
    TechnicalRow,
)
from reports.team.inputs import NOTHING, Team, find, seen

CLOSE, WIDE = 0.125, 0.225
"""SD as a part of the scale's length under which people are close together, and from which far apart: 0.5
and 0.9 on a scale from 1 to 5. Words, no test."""


# --- named people: technical facets alone ----------------------------------------------------------


def technical(team: Team) -> TechnicalPart | None:
    """None where nobody has a technical score."""
    scales = tuple(scale for scale in team.technical if scale in team.range_of)
    rows = tuple(
        TechnicalRow(
            person_id=person.person.id,
            name=unturned(person.person.name),
            area=team.area_name(area),
            label=team.voice(one.perspective),
            cells=tuple(team.cell(find(one, scale)) for scale in scales),
        )
        for person, area in team.rows()
        for one in seen(area)
    )
    if not any(cell.value is not None for row in rows for cell in row.cells):
        return None
    return TechnicalPart(
        finding=_finding(team, rows),
        caption=_caption(team, scales),
        scales=scales,
        columns=tuple(team.words.scale_name(scale) for scale in scales),
        heads=short_names(team, scales),
        rows=rows,
    )


def short_names(team: Team, scales: tuple[str, ...]) -> tuple[str, ...]:
    """The names, with a short word for the domain: its own stands in the heading."""
    names = [team.words.scale_name(scale) for scale in scales]
    return (team.words.say("All together"), *names[1:]) if len(names) > 1 else tuple(names)


def _finding(team: Team, rows: tuple[TechnicalRow, ...]) -> str:
    cuts = team.quadrants
    values = [row.cells[0].value for row in rows if row.cells and row.cells[0].value is not None]
    if cuts is None or not values:
        return ""
    return team.words.say(
        "{count} of {total} views put “{scale}” at {cut} or more.",
        count=str(sum(value >= cuts.cuts[cuts.across] for value in values)),
        total=str(len(values)),
        scale=team.words.scale_mention(cuts.across),
        cut=team.words.score(cuts.cuts[cuts.across]),
    )


def _caption(team: Team, scales: tuple[str, ...]) -> str:
    """How far a facet's number can be off, from the profiles at hand: the median reach of the interval."""
    reach = sorted(
        (result.high - result.low) / 2
        for _, area in team.rows()
        for one in seen(area)
        for result in _results(one, scales[1:] or scales)
        if result.low is not None and result.high is not None
    )
    said = team.words.say("A colour says where on the scale a number lies, the same in every table.")
    if not reach:
        return said
    off = team.words.say(
        "A single number can easily be {reach} off in either direction: smaller differences mean nothing.",
        reach=team.words.score(reach[len(reach) // 2]),
    )
    return f"{said} {off}"


def _results(one: SeenProfile, scales: tuple[str, ...]) -> list[ScaleResult]:
    return [result for scale in scales if (result := find(one, scale)) is not None]


# --- groups: all facets ----------------------------------------------------------------------------


def facets(team: Team) -> FacetsPart | None:
    """The columns that the rules of releases let through; None without any."""
    columns = team.found.facets
    if not columns:
        return None
    figures = [{cell.scale_id: cell for cell in column.cells} for column in columns]
    rows = tuple(
        FacetRow(
            id=scale,
            name=team.words.scale_name(scale),
            is_whole=scale in wholes,
            cells=tuple(_cell(team, scale, found.get(scale)) for found in figures),
        )
        for scale, wholes in _scales(team, columns)
    )
    return FacetsPart(
        finding=_group_finding(team, rows),
        caption=_group_caption(team, rows),
        heads=tuple(_head(team, column) for column in columns),
        rows=rows,
    )


def _group_caption(team: Team, rows: tuple[FacetRow, ...]) -> str:
    said = team.words.say(
        "Group numbers alone, and only of groups that are large enough. Where people see it too "
        "differently there is no mean. A change is named where chance alone hardly explains it."
    )
    if any(cell.spread for row in rows for cell in row.cells):
        return said
    apart = team.words.say("No spread is told here: why stands with each group.")
    return f"{said} {apart}"


def _scales(team: Team, columns: tuple[FacetColumn, ...]) -> list[tuple[str, frozenset[str]]]:
    """Each domain before its facets, as the questionnaire has them; then what it does not know."""
    order = dict.fromkeys((*team.technical, *team.psychological))
    order |= dict.fromkeys(cell.scale_id for column in columns for cell in column.cells)
    there = {cell.scale_id for column in columns for cell in column.cells}
    cuts = team.quadrants
    wholes = frozenset() if cuts is None else frozenset({cuts.across, cuts.up})
    return [(scale, wholes) for scale in order if scale in there]


def _head(team: Team, column: FacetColumn) -> FacetHead:
    words = team.words
    if column.source == "ratings":
        title = words.say("Your ratings")
        people = words.count("{number} person rated", "{number} people rated", column.people)
    else:
        # A unit too small to stand alone is not called by its own name: the numbers are not its own.
        title = column.unit if column.own else team.people(column.units, 3)
        people = words.count(
            "{number} person about the own work", "{number} people about their own work", column.people
        )
    return FacetHead(
        title=title,
        subtitle=" · ".join((column.wave, people)),
        notes=tuple(_notes(team, column)),
        page_only=column.source == "ratings",
    )


def _notes(team: Team, column: FacetColumn) -> list[str]:
    words, notes = team.words, []
    if not column.own:
        notes.append(words.say("Shown together: {units}.", units=team.people(column.units, 6)))
    elif not column.whole:
        notes.append(words.say("Some who have answered are left out: alone they would be too few."))
    if column.compared_wave is not None and column.same_people:
        notes.append(words.say("Compared with {wave}: the same people.", wave=column.compared_wave))
    elif column.compared_wave is not None and column.came is not None and column.left is not None:
        notes.append(
            words.say(
                "Compared with {wave}: {came} have come, {left} have gone.",
                wave=column.compared_wave,
                came=str(column.came),
                left=str(column.left),
            )
        )
    elif column.compared_wave is not None:
        notes.append(words.say("Compared with {wave}.", wave=column.compared_wave))
    return notes


def _cell(team: Team, scale: str, figure: Figure | None) -> FacetCell:
    lo, hi = team.range_of.get(scale, (0.0, 1.0))
    words = team.words
    trend = None if figure is None else figure.trend
    middle = None if figure is None else _middle(figure)
    return FacetCell(
        value=None if figure is None else figure.mean,
        low=None if figure is None else figure.low,
        high=None if figure is None else figure.high,
        sd=None if figure is None else figure.spread,
        agreement=None if figure is None else figure.agreement,
        band=None if middle is None or scale not in team.range_of else heat_band(middle, lo, hi),
        words=NOTHING if figure is None else _words(team, figure, lo, hi),
        interval=""
        if figure is None or figure.low is None or figure.high is None
        else words.interval(figure.low, figure.high),
        spread="" if figure is None else _spread(team, figure, hi - lo),
        agreement_words="" if figure is None or figure.agreement is None else words.score(figure.agreement),
        trend="" if trend is None else _trend(team, trend.difference),
        is_change=trend is not None and trend.beyond,
    )


def _middle(figure: Figure) -> float | None:
    if figure.agrees is False:
        return None
    return sum(figure.band) / 2 if figure.band is not None else figure.mean


def _words(team: Team, figure: Figure, lo: float, hi: float) -> str:
    words = team.words
    if figure.agrees is False:
        return words.say("views differ")
    if figure.mean is not None:
        return words.score(figure.mean, band_edges(lo, hi))
    if figure.band is None:
        return NOTHING
    low, high = figure.band
    if low <= lo:
        return words.say("{number} or less", number=words.score(high))
    if high >= hi:
        return words.say("{number} or more", number=words.score(low))
    return words.interval(low, high)


def _spread(team: Team, figure: Figure, length: float) -> str:
    if figure.spread is None:
        return ""
    words, part = team.words, figure.spread / length
    if part < CLOSE:
        return words.say("close together")
    return words.say("some spread") if part < WIDE else words.say("far apart")


def _trend(team: Team, difference: float) -> str:
    sign = "" if abs(difference) < 0.05 else "+" if difference > 0 else "\N{MINUS SIGN}"
    return f"{sign}{team.words.score(abs(difference))}"


def _group_finding(team: Team, rows: tuple[FacetRow, ...]) -> str:
    """The highest and the lowest facet of the first column, where their intervals leave each other out."""
    words = team.words
    known = [
        (row.cells[0].value, row.cells[0].low, row.cells[0].high, row.id)
        for row in rows
        if not row.is_whole and row.cells[0].value is not None and row.cells[0].band is not None
    ]
    if len(known) >= 2:
        top, bottom = max(known), min(known)
        if top[1] is not None and bottom[2] is not None and top[1] > bottom[2]:
            return words.say(
                "“{high}” stands highest, “{low}” lowest, and the difference is larger than chance.",
                high=words.scale_mention(top[3]),
                low=words.scale_mention(bottom[3]),
            )
    return words.say("No part stands clearly above or below the others.")
