"""Printed cards: links that somebody else has held in the hand before the person got them.

So the person chooses a code word when the card is first opened, and from then on it opens with that alone.
Whoever answers in another way leaves every card behind: one that somebody else had opened before reads
nothing. See `docs/decisions/0014-a-persons-own-data.md`.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from assess.answering.loading import Row, load_task
from assess.answering.types import Task
from assess.audit.log import record
from assess.errors import AssessError, NotFound
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from assess.store.secret import digest, new_secret

DAYS = 90
"""How long a card lives: as long as a link that is mailed."""
LEAST_SIGNS, MOST_SIGNS = 4, 100
WRONG_CODES = 20
"""After so many wrong code words a card has ended."""
_LEAST_DIFFERENT = 3
_RUNS = ("0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop")
_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
"""16 MB and some hundredths of a second for each guess (RFC 7914)."""

CardState: TypeAlias = Literal["new", "in-use", "ended"]
CodeFault: TypeAlias = Literal["short", "long", "easy"]


class InvalidCode(AssessError):
    """A code word that cannot be chosen."""

    def __init__(self, fault: CodeFault) -> None:
        super().__init__("This code word cannot be chosen.", "Choose another.")
        self.fault = fault


class WrongCode(AssessError):
    """Not the code word of this card. `left`: tries until it ends."""

    def __init__(self, left: int) -> None:
        super().__init__("This is not the code word of the card.", "Try again.")
        self.left = left


class NotOpened(AssessError):
    """A card that opens nothing (any more): "ended", "begun" (answered in another way before the card was
    first opened), or "in-use" (the code word has been chosen by now)."""

    def __init__(self, reason: Literal["ended", "begun", "in-use"]) -> None:
        super().__init__(f"The card opens nothing: {reason}.")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Card:
    """What a card is for. `state` says nothing of whether anything was answered."""

    task: Task
    state: CardState


def print_card(q: Queries, task_id: str, printed_by: str, now: datetime) -> str:
    """A new token for a task, within the caller's transaction; earlier cards that nobody has opened end."""
    token = new_secret()
    q.end_unopened_cards(task_id=task_id, now=time_text(now))
    q.add_card(
        token_hash=digest(token),
        task_id=task_id,
        printed_by=printed_by,
        created_at=time_text(now),
        expires_at=time_text(now + timedelta(days=DAYS)),
    )
    return token


def find(store: Store, token: str, now: datetime) -> Card | None:
    """The card with this token; None for any other link. Changes nothing."""
    with store.read() as q:
        row = q.card_of_token(token_hash=digest(token), now=time_text(now))
        return None if row is None else Card(load_task(q, row["task_id"], now), _state(row))


def choose(store: Store, token: str, word: str, now: datetime) -> str:
    """Opens a card for the first time: takes the code word and begins a session; gives its secret.

    What was opened before and has left no answer ends. Noted about the person. Raises `NotFound`,
    `InvalidCode`, and `NotOpened`.
    """
    with store.read() as q:
        name = load_task(q, _row(q, token, now)["task_id"], now).respondent.name
    fault = fault_of(word, name)
    if fault is not None:
        raise InvalidCode(fault)
    hashed = _hashed(word, token)
    with store.write() as q:
        task_id = _row(q, token, now)["task_id"]
        q.lock_task(id=task_id)
        state = _state(_row(q, token, now))
        if state != "new":
            raise NotOpened(state)
        if q.is_begun(task_id=task_id):
            raise NotOpened("begun")
        q.choose_code(token_hash=digest(token), code_hash=hashed)
        q.end_other_cards(task_id=task_id, token_hash=digest(token), now=time_text(now))
        q.end_sessions_of_task(task_id=task_id, now=time_text(now))
        secret = _begin(q, token, task_id, now)
        person_id = q.task(id=task_id)["respondent_id"]
        record(
            store, q, actor_id=person_id, action="open-card", object_id=task_id, about_id=person_id, now=now
        )
    return secret


def reopen(store: Store, token: str, word: str, now: datetime) -> str:
    """Begins a session with a card and its code word; gives its secret. Every wrong word is counted.

    Raises `NotFound`, `WrongCode`, and `NotOpened("ended")`.
    """
    with store.write() as q:
        row = _row(q, token, now)
        # Counted before it is looked at, so that of many at once not one more gets through.
        if _state(row) != "in-use" or not q.count_code(token_hash=digest(token), most=WRONG_CODES):
            raise NotOpened("ended")
    if not hmac.compare_digest(_hashed(word, token), row["code_hash"]):
        raise WrongCode(max(0, WRONG_CODES - row["wrong_codes"] - 1))
    with store.write() as q:
        q.uncount_code(token_hash=digest(token))
        row = _row(q, token, now)
        if row["withdrawn_at"] is not None:
            raise NotOpened("ended")
        return _begin(q, token, row["task_id"], now)


def leave(q: Queries, task_id: str, now: datetime) -> None:
    """The person goes on in another way, which the administrators have not in their hands: cards in use end,
    with what they opened. Call it in the transaction of that other way."""
    if q.end_opened_cards(task_id=task_id, now=time_text(now)):
        q.end_sessions_of_task(task_id=task_id, now=time_text(now))


def fault_of(word: str, name: str) -> CodeFault | None:
    """What is wrong with a code word for the card of `name`; None for nothing. Whoever printed the card has
    `WRONG_CODES` guesses: what they would try first is refused."""
    plain = _plain(word)
    if len(plain) < LEAST_SIGNS:
        return "short"
    if len(plain) > MOST_SIGNS:
        return "long"
    is_run = any(plain in run for run in _RUNS)
    if is_run or len(set(plain)) < _LEAST_DIFFERENT or plain in {_plain(name), *_plain(name).split()}:
        return "easy"
    return None


def _row(q: Queries, token: str, now: datetime) -> Row:
    row: Row | None = q.card_of_token(token_hash=digest(token), now=time_text(now))
    if row is None:
        raise NotFound("The link does not work.", "Ask for a new one.")
    return row


def _state(row: Row) -> CardState:
    if row["withdrawn_at"] is not None or row["wrong_codes"] >= WRONG_CODES:
        return "ended"
    return "new" if row["code_hash"] is None else "in-use"


def _begin(q: Queries, token: str, task_id: str, now: datetime) -> str:
    secret = new_secret()
    q.token_used(token_hash=digest(token), now=time_text(now))
    language = load_task(q, task_id, now).language
    q.add_session(id=digest(secret), task_id=task_id, language=language, now=time_text(now))
    return secret


def _plain(word: str) -> str:
    """As phones change it without being asked: capital letters, spaces, forms of the same letter."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())


def _hashed(word: str, token: str) -> str:
    plain = _plain(word)[: MOST_SIGNS + 1].encode("utf-8", "surrogatepass")
    return hashlib.scrypt(plain, salt=digest(token).encode(), **_COST).hex()
