"""What this room hands over: frozen structs that go to JSON and back. Aggregates only; None = not known."""

from __future__ import annotations

from typing import Literal, TypeAlias

from assess.evidence.errors import Reason
from assess.measurement.decision import DecisionQuality
from assess.measurement.norms import NormRecord
from assess.measurement.response_quality_results import ResponseQuality
from assess.measurement.results import Reliability
from assess.scoring.result import Result
from questionnaires.definition import PerspectiveId


class ItemMissing(Result, frozen=True):
    """One item that is scored: on how many of the sheets it is answered, and on how many not."""

    id: str
    answered: int
    missing: int


class TimeUsed(Result, frozen=True):
    """How long answering took, over the `n` sheets with a known time.

    `minutes` (25 %, half, 75 % of the sheets) for all answers of a sheet, `seconds_per_item` likewise. Pauses
    count for two minutes at most, and what lies before the first save is taken to be like the rest
    (`answering/timing.py`). None under ten sheets with a time.
    """

    n: int
    minutes: tuple[float, float, float] | None
    seconds_per_item: tuple[float, float, float] | None


FindingKind: TypeAlias = Literal[
    "alpha-low",
    "alpha-unsure",
    "item-negative",
    "item-weak",
    "better-without",
    "often-missing",
    "one-sided",
    "hasty",
    "slow",
]


class Finding(Result, frozen=True):
    """Something to do something about. `figure` against `limit`; see `findings.py` for what each is.

    `sure`: the figure's 95 % interval lies beyond the limit as a whole. Else it may be chance: look again
    when more have answered, and change nothing yet."""

    kind: FindingKind
    scale: str | None
    item: str | None
    figure: float
    limit: float
    sure: bool = False


class Measurement(Result, frozen=True):
    """How well one form measured in one wave. With a `reason` there are no figures at all, not even `sheets`.

    `respondents` and `subjects`: how many different people have answered, and were answered about. All other
    figures are in the steps of `withholding.told`: none says where answers lie. `reliability` is None of a
    questionnaire without rating scales. `decision` is None without a classification: its figures rest on the
    wider of local and provisional precision.
    """

    wave_id: str
    content_hash: str
    questionnaire: str
    version: str
    perspective: PerspectiveId
    short_form: str | None
    made_at: str
    reason: Reason | None = None
    sheets: int | None = None
    respondents: int | None = None
    subjects: int | None = None
    reliability: Reliability | None = None
    decision: DecisionQuality | None = None
    response_quality: ResponseQuality | None = None
    missing: tuple[ItemMissing, ...] = ()
    time: TimeUsed | None = None
    findings: tuple[Finding, ...] = ()


Stands: TypeAlias = Literal["local", "provisional", "none"]


class ScalePrecision(Result, frozen=True):
    """One scale of a local record: reliability (`alpha`, rounded down to hundredths; a negative one counts as
    0; of two items Spearman–Brown) and `sd` (rounded up to 0.05) measured here, the standard errors of this
    and of the file's provisional figures, and which of them stands in profiles: the larger one. `reason`: why
    there is no local figure."""

    id: str
    alpha: float | None
    sd: float | None
    sem: float | None
    provisional_sem: float | None
    stands: Stands
    reason: str | None


class Publication(Result, frozen=True):
    """What a local precision record was made of: `sheets` by `people` different respondents in `wave_ids`."""

    sheets: int
    people: int
    wave_ids: tuple[str, ...]
    scales: tuple[ScalePrecision, ...]


class Norms(Result, frozen=True):
    """Norms of every scale of a questionnaire from finished waves: one sheet for each respondent and subject
    in each wave. `people`: how many different pairs of them there are over all waves."""

    people: int
    wave_ids: tuple[str, ...]
    smoothed: bool
    records: tuple[NormRecord, ...]
