"""What administrators have put in force: local precision records and norms, as the manual tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from questionnaires.definition import PerspectiveId


@dataclass(frozen=True, slots=True)
class PrecisionInForce:
    """A published local record. `local`: the scales whose local error stands, because it is the larger one or
    the only one; `provisional`: those that keep the authors' figure."""

    perspective: PerspectiveId
    record: str
    day: date
    sheets: int
    people: int
    local: tuple[str, ...]
    provisional: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NormsInForce:
    """The newest version of the norms of a perspective."""

    perspective: PerspectiveId
    version: int
    day: date
    people: int
    smoothed: bool


@dataclass(frozen=True, slots=True)
class Records:
    """Everything in force for one questionnaire in one organisation."""

    precision: tuple[PrecisionInForce, ...] = ()
    norms: tuple[NormsInForce, ...] = ()
