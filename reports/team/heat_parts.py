"""The frozen types of heat maps and of change: a part of `reports.team.parts`, under the same rules."""

from __future__ import annotations

from reports.group.parts import GroupBar
from reports.view.parts import Part

# --- heat maps -------------------------------------------------------------------------------------


class BandKey(Part, frozen=True):
    """A colour of the heat maps and what it stands for on the scale."""

    band: int
    words: str


class HeatCell(Part, frozen=True):
    """A number and its colour; both None where there is none, and `words` says what stands there instead."""

    value: float | None
    band: int | None
    words: str


class TechnicalRow(Part, frozen=True):
    """One view of one named person in one job area: the technical domain and its facets, nothing else."""

    person_id: str
    name: str
    area: str
    label: str
    cells: tuple[HeatCell, ...]


class TechnicalPart(Part, frozen=True):
    """`scales`, `columns` and `heads` are the ids, the names and the names at the head of a narrow column of
    the scales, the domain first."""

    finding: str
    caption: str
    scales: tuple[str, ...]
    columns: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[TechnicalRow, ...]


class FacetHead(Part, frozen=True):
    """One column of the team's facets: whose figures, of how many, and how they came about. `page_only`: the
    leader's own ratings, which leave the page in no file."""

    title: str
    subtitle: str
    notes: tuple[str, ...]
    page_only: bool


class FacetCell(Part, frozen=True):
    """One figure of a group. `spread` says in words how far people are apart, `interval` where the mean could
    lie; `trend` is what has changed since the release before. All may be ""; `is_change` marks one beyond
    error."""

    value: float | None
    low: float | None
    high: float | None
    sd: float | None
    agreement: float | None
    band: int | None
    words: str
    interval: str
    spread: str
    agreement_words: str
    trend: str
    is_change: bool


class FacetRow(Part, frozen=True):
    """One scale over all columns; `is_whole`: a domain, its facets follow."""

    id: str
    name: str
    is_whole: bool
    cells: tuple[FacetCell, ...]


class FacetsPart(Part, frozen=True):
    finding: str
    caption: str
    heads: tuple[FacetHead, ...]
    rows: tuple[FacetRow, ...]


# --- change ----------------------------------------------------------------------------------------


class ChangeRow(Part, frozen=True):
    """The mean change of one scale among the same people and job areas."""

    id: str
    name: str
    is_whole: bool
    difference: float | None
    low: float | None
    high: float | None
    words: str
    interval: str
    verdict: str
    is_real: bool
    bar: GroupBar | None


class ChangeCell(Part, frozen=True):
    """The change of one technical scale; `difference` None where it cannot be told."""

    difference: float | None
    words: str
    verdict: str
    is_real: bool


class PersonChange(Part, frozen=True):
    """What changed in the leader's own ratings of one person in one job area: technical scales alone.

    Without cells `verdict` says why the two cannot be compared.
    """

    person_id: str
    name: str
    area: str
    since: str
    verdict: str
    is_real: bool
    cells: tuple[ChangeCell, ...]


class ChangePart(Part, frozen=True):
    """`rows` are of the group (none under the least size), `people` of one person each; `scales`, `columns`
    and `heads` as in `TechnicalPart`. `who` says who is counted, who has come and who has left. The group is
    of the leader's own ratings: on paper and in files are the people alone, and `on_paper` is the finding."""

    finding: str
    on_paper: str
    who: str
    caption: str
    rows: tuple[ChangeRow, ...]
    axis: tuple[str, str, str]
    scales: tuple[str, ...]
    columns: tuple[str, ...]
    heads: tuple[str, ...]
    people: tuple[PersonChange, ...]
