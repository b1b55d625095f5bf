"""The values that the use cases of this room take and return. All frozen; none knows a database row.

Times are aware `datetime`s in UTC. Ids are opaque text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from questionnaires.definition import Definition, LanguageId, PerspectiveId

if TYPE_CHECKING:
    from assess.scoring.form import Form
    from assess.scoring.results import Comparison, Profile
    from assess.scoring.style_results import Match

DocumentKind: TypeAlias = Literal["personal-report"]


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    first_name: str
    name: str
    """The whole name, first name included."""
    language: LanguageId


@dataclass(frozen=True, slots=True)
class Organisation:
    id: str
    name: str
    customer: str
    """Key of `assess.language.wording.CUSTOMER_WORDS`."""


@dataclass(frozen=True, slots=True)
class JobArea:
    """A part of the job, in the organisation's own words."""

    id: str
    names: Mapping[LanguageId, str]

    def name(self, language: LanguageId) -> str:
        """The name in `language`, or in the first language that has one."""
        return self.names.get(language) or next(iter(self.names.values()))


@dataclass(frozen=True, slots=True)
class Wave:
    id: str
    name: str
    closes_at: datetime | None
    is_open: bool
    """Whether answers are taken now."""
    is_over: bool
    """Closed: what is not submitted stays so."""


@dataclass(frozen=True, slots=True)
class TaskKey:
    """What a session is limited to: one respondent about one subject with one questionnaire in one wave."""

    id: str
    wave_id: str
    content_hash: str
    perspective: PerspectiveId
    respondent_id: str
    subject_id: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one sheet is. Counts items of its form, scored or not; "can't say" counts as answered."""

    sheet_id: str
    job_area: JobArea | None
    short_form: str | None
    answered: int
    asked: int
    required_left: int
    """Items that must be answered before the sheet can be submitted."""
    started_at: datetime | None
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """The respondent chooses job areas from the organisation's list, one to `at_most` of them.

    `fixed` are those of `chosen` that already hold answers: they cannot be taken away any more. `is_open`
    says whether anything can still be changed: not after the first sheet is submitted.
    """

    areas: tuple[JobArea, ...]
    at_most: int
    chosen: tuple[str, ...]
    fixed: frozenset[str]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Sharing:
    """The subject's decision whether the managers see the subject's own profile."""

    managers: tuple[Person, ...]
    decision: bool | None
    """None until the subject has decided: the check-your-answers page asks, nothing preselected."""
    decided_at: datetime | None
    coaches: tuple[str, ...] = ()
    """Names of coaches with whom the profile is shared at this moment."""
    was_shared: bool = False
    """Whether the managers could ever see it: then they know that there is something."""
    leads: bool = True
    """False: who was to see it has led the subject, and leads the subject no longer: nothing is seen."""

    @property
    def is_asked(self) -> bool:
        """Whether there is something to decide before submitting."""
        return self.leads and self.decision is None


@dataclass(frozen=True, slots=True)
class Task:
    """Everything that the pages around the questions need to know."""

    key: TaskKey
    definition: Definition
    respondent: Person
    subject: Person
    organisation: Organisation
    wave: Wave
    language: LanguageId
    sheets: tuple[Progress, ...]
    """One for each job area, in the order of answering; empty until job areas are chosen."""
    choice: AreaChoice | None
    """None when job areas are given or the questionnaire knows none."""
    sharing: Sharing | None
    """None when there is nothing to decide: somebody else's rating, or nobody to share with."""

    @property
    def perspective(self) -> PerspectiveId:
        return self.key.perspective

    @property
    def must_choose_areas(self) -> bool:
        return self.choice is not None and not self.choice.chosen


@dataclass(frozen=True, slots=True)
class Session:
    """One device of one respondent, limited to one task."""

    id: str
    """SHA-256 (hex) of the secret that the cookie carries."""
    task: TaskKey
    language: LanguageId
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """A stored answer. Position 1…m; 0 = "can't say"; both None = answered once, then cleared."""

    position: int | None
    text: str | None
    revision: int
    """1 for the first save of the item, then one more for each change."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the browser sends it. Both None clears the answer.

    `seen` is the revision that the page showed, 0 when the item had no answer yet.
    """

    position: int | None = None
    text: str | None = None
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """The stored answer was changed after the page was shown, to something else than is given now."""

    item_id: str
    stored: Answer
    given: Given


@dataclass(frozen=True, slots=True)
class Saved:
    """`revisions` of every item of the request after saving; with any conflict nothing was stored."""

    revisions: Mapping[str, int]
    conflicts: tuple[Conflict, ...] = ()
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers about one job area."""

    id: str
    task: Task
    job_area: JobArea | None
    short_form: str | None
    form: Form
    answers: Mapping[str, Answer]
    """Only items that were ever answered; see `Answer` for cleared ones."""
    submitted_at: datetime | None

    def is_answered(self, item_id: str) -> bool:
        answer = self.answers.get(item_id)
        return answer is not None and (answer.position is not None or answer.text is not None)

    @property
    def missing(self) -> tuple[str, ...]:
        """Items in order of asking that must be answered before submitting and are not."""
        optional = {item.id for item in self.task.definition.questionnaire.items if item.optional}
        return tuple(
            item_id
            for item_id in self.form.item_ids
            if item_id not in optional and not self.is_answered(item_id)
        )


@dataclass(frozen=True, slots=True)
class Submitted:
    first_time: bool
    """False when the sheet had been submitted before: nothing was changed."""
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class StoredProfile:
    sheet_id: str
    respondent: Person
    perspective: PerspectiveId
    profile: Profile
    made_at: datetime


@dataclass(frozen=True, slots=True)
class AreaResult:
    """What the viewer may see about one job area: own first, the other perspective's beside it."""

    job_area: JobArea | None
    own: StoredProfile | None
    other: StoredProfile | None
    comparison: Comparison | None
    """Only when both are there. Differences are own minus other."""


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """A leader's style beside one person's maturity in one job area, as far as the leader may see it.

    `wave` (its name) and `rated_at`: of the leader's own rating, the newest; it may be of another wave than
    the style. When the person answered nothing here tells.
    """

    person: Person
    job_area: JobArea | None
    match: Match
    own_task: str | None
    """The person's own task where its profile is part of the match; None for every reason why it is not."""
    wave: str
    rated_at: datetime


@dataclass(frozen=True, slots=True)
class Results:
    """What one respondent may see of a task's outcome. Empty `areas`: nothing is submitted yet.

    For a subject `other` is the manager, for a manager the subject. An `other` that may not be seen is
    None in every area, whatever the reason; a manager cannot tell the reasons apart.
    """

    task: Task
    other: Person | None
    """Whose view can stand beside the own one; None when nobody was asked."""
    areas: tuple[AreaResult, ...]
    matches: tuple[PersonMatch, ...] = ()
    """For a leader's own style: the people whom the leader rates, in alphabetical order."""
    answered_again: datetime | None = None
    """For a leader's own style: when there is a newer one, which every other page goes by."""

    @property
    def both(self) -> bool:
        """Whether any area shows the two views side by side."""
        return any(area.comparison is not None for area in self.areas)


@dataclass(frozen=True, slots=True)
class Document:
    kind: DocumentKind
    language: LanguageId
    content: bytes
    sha256: str
    made_at: datetime
