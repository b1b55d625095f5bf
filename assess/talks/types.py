"""The values that the use cases of this room take and return. All frozen; none knows a database row.

Times are aware `datetime`s in UTC. Ids are opaque text. Lengths are counted in characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias, get_args

from assess.answering.types import Person
from assess.errors import AssessError

HolderRole: TypeAlias = Literal["manager", "coach"]
TalkState: TypeAlias = Literal["planned", "held", "cancelled"]
ViewerRole: TypeAlias = Literal["person", "holder", "successor", "coach", "former"]
"""successor: the new manager, by the person's choice. coach: one to whom the person shows the talk. former:
somebody who sees nothing any more but the own notes."""
AgreementKind: TypeAlias = Literal["professional", "behavioural", "personal"]
AgreementOwner: TypeAlias = Literal["person", "holder", "both"]
AgreementStatus: TypeAlias = Literal["open", "under-way", "done", "dropped"]

AGREEMENT_KINDS: tuple[AgreementKind, ...] = get_args(AgreementKind)
OWNERS: tuple[AgreementOwner, ...] = get_args(AgreementOwner)
STATUSES: tuple[AgreementStatus, ...] = get_args(AgreementStatus)
LIVE: frozenset[AgreementStatus] = frozenset({"open", "under-way"})

TalkField: TypeAlias = Literal[
    "starts-at",
    "minutes",
    "place",
    "strengths",
    "wishes",
    "obstacles",
    "questions",
    "text",
    "kind",
    "what",
    "first-step",
    "help-needed",
    "owner",
    "due-on",
    "seen-by",
    "status",
]
TalkReason: TypeAlias = Literal[
    "empty", "too-long", "signs", "unknown", "past", "far", "range", "overlap", "many", "often"
]
"""signs: characters that no text has (control characters). range: fewer or more minutes than a talk has.
overlap: the same two have planned another talk at that time. many: there are as many as there can be.
often: within a day so much was planned and moved that the person has had `MOST_LETTERS`."""

LONGEST_PLACE = 200
LONGEST_PREPARATION = 2_000
"""Of each of the four texts."""
LONGEST_AGREEMENT = 1_000
"""Of each of the texts."""
EARLIEST_HELD = timedelta(hours=12)
"""Before its time a talk can be noted as held: it was brought forward by hours. Whoever has met days before
moves it first, so that page, calendars and papers say the same day."""
LATEST_TOLD = timedelta(minutes=30)
"""Before a talk: from then on nobody is told by letter that the brief is open."""
MOST_LETTERS = 10
"""That one of the two gets within a day about talks of theirs being planned, moved and cancelled; what is
cancelled is told beyond it."""
MOST_PLANNED = 5
"""Talks that the same two have planned at once: each sends letters."""
MOST_AGREEMENTS = 30
"""Of one talk, with those that were taken away: two people keep far fewer; a page and its paper hold all."""
LONGEST_NOTE = 10_000
SHORTEST_TALK, LONGEST_TALK = 15, 480
"""Minutes."""


class TalkFault(AssessError):
    """What was entered cannot be kept: the reason by field; nothing was stored. `other_id`: for "overlap" the
    talk that is planned already."""

    def __init__(self, faults: dict[TalkField, TalkReason], other_id: str | None = None) -> None:
        super().__init__("This cannot be kept.", "Correct what is marked.")
        self.faults = faults
        self.other_id = other_id


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk as one of those sees it who may. For `role` "former" the place is empty and nobody is ready:
    there is only the own note.

    Of the two it is told who is ready, never what was written.
    """

    id: str
    organisation_id: str
    person: Person
    holder: Person
    """Who holds or held it; the name is empty for somebody who was erased."""
    holder_role: HolderRole
    holder_is_current: bool
    """Whether the holder still is the person's nearest manager, or a coach whom the person has not shut out.
    Where not, the holder sees nothing of the talk any more."""
    state: TalkState
    starts_at: datetime
    minutes: int
    place: str
    sequence: int
    created_at: datetime
    held_at: datetime | None
    cancelled_at: datetime | None
    role: ViewerRole
    """The viewer's."""
    person_ready_at: datetime | None
    holder_ready_at: datetime | None
    is_open: bool
    """Whether the brief may be read: both are ready, or the talk has begun or was held. Of a cancelled one
    never."""

    @property
    def both_ready(self) -> bool:
        return self.person_ready_at is not None and self.holder_ready_at is not None

    @property
    def own_ready_at(self) -> datetime | None:
        """When the viewer became ready; None for who does not prepare."""
        return {"person": self.person_ready_at, "holder": self.holder_ready_at}.get(self.role)

    @property
    def other_ready_at(self) -> datetime | None:
        """When the other of the two became ready; None for who does not prepare."""
        return {"person": self.holder_ready_at, "holder": self.person_ready_at}.get(self.role)

    @property
    def other(self) -> Person:
        """With whom the viewer has the talk; for everybody but the person, the person."""
        return self.holder if self.role == "person" else self.person


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody with whom the actor may plan a talk, and as what."""

    person: Person
    as_role: HolderRole
    has_address: bool = True
    """Whether letters reach the person."""


@dataclass(frozen=True, slots=True)
class PreparationTexts:
    """What one of the two writes alone. Each may be empty."""

    strengths: str = ""
    wishes: str = ""
    obstacles: str = ""
    """What got in the way."""
    questions: str = ""


@dataclass(frozen=True, slots=True)
class Preparation:
    """`revision`: 0 while nothing was saved; grows with each saving. `is_locked`: it cannot be changed any
    more: both are ready, or the talk was held or cancelled."""

    texts: PreparationTexts
    revision: int
    saved_at: datetime | None
    ready_at: datetime | None
    is_locked: bool


@dataclass(frozen=True, slots=True)
class PreparationConflict:
    """Another page of the same person has saved in the meantime; nothing was stored. Saving again with
    `stored.revision` as seen replaces it."""

    yours: PreparationTexts
    stored: Preparation


@dataclass(frozen=True, slots=True)
class Note:
    """A working note, for its writer alone; the text is empty where there is none. `revision`: 0 before the
    first."""

    text: str
    revision: int
    saved_at: datetime | None
    may_write: bool
    """False for who does not see the talk any more: reading and deleting is what is left."""


@dataclass(frozen=True, slots=True)
class NoteConflict:
    """As `PreparationConflict`."""

    yours: str
    stored: Note


@dataclass(frozen=True, slots=True)
class AgreementText:
    """What is agreed: everything that a signature is for."""

    kind: AgreementKind
    what: str
    first_step: str = ""
    help_needed: str = ""
    owner: AgreementOwner = "person"
    due_on: date | None = None
    seen_by: str = ""
    """How both will see that it has come about."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who has signed a revision, and when. The name is empty for somebody who was erased."""

    by: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement as it stands. `revision`: 1 when it was made, grows with each change of `text`."""

    id: str
    talk_id: str
    text: AgreementText
    revision: int
    changed_by: Person | None
    """Who wrote this version; None for somebody who was erased."""
    changed_at: datetime
    status: AgreementStatus
    status_at: datetime
    status_by: Person | None
    created_at: datetime
    signed_by: frozenset[str]
    """Ids of the people who have signed this revision."""
    person_signed: bool
    other_signed: bool
    """The holder, or the new manager to whom the talk was moved."""
    removed_at: datetime | None = None
    signatures: tuple[Signature, ...] = ()
    """Of this revision, the earliest first."""

    @property
    def versions(self) -> int:
        """How many there are, this one included."""
        return self.revision

    @property
    def is_signed(self) -> bool:
        """Both have signed this revision."""
        return self.person_signed and self.other_signed

    @property
    def is_live(self) -> bool:
        """There is still something to do."""
        return self.status in LIVE and self.removed_at is None

    def is_overdue(self, today: date) -> bool:
        return self.is_live and self.text.due_on is not None and self.text.due_on < today


@dataclass(frozen=True, slots=True)
class AgreementConflict:
    """Somebody has changed (or removed) the agreement in the meantime; nothing was stored. `theirs` is what
    stands now, with who wrote it and when. Changing again with `theirs.revision` as seen replaces it."""

    yours: AgreementText
    theirs: Agreement


@dataclass(frozen=True, slots=True)
class AgreementVersion:
    """What an agreement said at one revision, and who signed exactly that."""

    revision: int
    text: AgreementText
    made_by: Person | None
    made_at: datetime
    signed_by: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of signing a page: ids that are signed now, and agreements that had changed since the page
    was made: they are not signed, and shown again."""

    signed: tuple[str, ...]
    changed: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody to whom the person shows, or could show, a talk with its agreements.

    `role`: "manager" is the nearest manager who is not the holder (the talk moves on), "coach" a coach of the
    organisation, "holder" the coach who holds the talk, whom the person can shut out; "former" somebody to
    whom it is shown and who, at this moment, sees nothing.
    """

    person: Person
    role: Literal["manager", "coach", "holder", "former"]
    since: datetime | None
    """Since when it is shown; None: it is not."""
