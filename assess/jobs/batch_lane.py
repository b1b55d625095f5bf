"""The worker's second lane: batches. Letters and everything else have the first, and never wait for this one.

What is being made is held by one lease, renewed while it is. A worker that dies lets it run out; another one,
on this machine or elsewhere, takes the same documents again. Nothing is kept but rows.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from assess.batches import taking
from assess.batches.kinds import KINDS
from assess.batches.room import has_room
from assess.batches.types import BatchKind, Found, Pause, Taken
from assess.errors import StoreFull, StoreUnavailable
from assess.jobs.batch_views import VIEWS, MakeView
from assess.jobs.workplace import Workplace
from assess.web.logging import fields
from reports.printing import NotMade, Printing, place_of

_logger = logging.getLogger(__name__)

RETRY_FULL = timedelta(minutes=1)
"""How long a batch rests that was paused because there was no room, before it is tried again."""
_RENEW = taking.LEASE / 4
_PATIENCE_SECONDS = 2.0
_FULL: Pause = "disk-full"


@dataclass
class _Flight:
    """A document that is being made."""

    item: Taken
    found: Found


@dataclass
class BatchLane:
    """One lane of one worker. `until` ends it: what is being made is handed back."""

    place: Workplace
    printing: Printing
    kinds: Mapping[str, BatchKind] = field(default_factory=lambda: KINDS)
    views: Mapping[str, MakeView] = field(default_factory=lambda: VIEWS)
    until: threading.Event = field(default_factory=threading.Event)
    _flying: dict[Future[bytes], _Flight] = field(default_factory=dict)
    _lease_id: str = ""
    _renewed_at: datetime | None = None
    _last_batch: str = ""
    _full_at: datetime | None = None

    def run(self) -> int:
        """Makes what can be made now; gives of how many documents it is known what became of them.

        Raises `StoreUnavailable`: what could not be handed back is taken again when its lease has run out.
        """
        self._lease_id, self._renewed_at = self.place.store.new_id(self._now()), self._now()
        self._go_on_after_pause()
        count = 0
        try:
            while not self.until.is_set():
                count += self._fill()
                taking.finish(self.place.store, self._now())
                if not self._flying:
                    break
                done, _ = wait(self._flying, _PATIENCE_SECONDS, FIRST_COMPLETED)
                for future in done:
                    count += self._end(future, self._flying.pop(future))
                self._renew()
        finally:
            self._hand_back()
        return count

    def _fill(self) -> int:
        """Begins documents until there are enough; gives of how many it was known at once what became."""
        count = 0
        while len(self._flying) < self.printing.most and not self.until.is_set():
            if not has_room(self.place.store):
                self._pause()
                break
            item = self._take()
            if item is None:
                break
            count += self._begin(item)
        return count

    def _take(self) -> Taken | None:
        """Batches take turns: five documents do not wait for five hundred."""
        store, now = self.place.store, self._now()
        ids = taking.to_work_on(store, now)
        for batch_id in sorted(ids, key=lambda one: (one <= self._last_batch, one)):
            item = taking.take(store, batch_id, self._lease_id, now)
            if item is not None:
                self._last_batch = batch_id
                return item
        return None

    def _begin(self, item: Taken) -> int:
        store, settings = self.place.store, self.place.settings
        try:
            found = taking.find(store, settings, item, self._now(), self.kinds)
            if found is not None and found.kept is not None:
                return self._keep(item, found, found.kept)
            view = None if found is None else self.views[item.kind](found, item.language, settings.time_zone)
        except StoreUnavailable:
            raise
        except Exception as error:
            return self._fail(item, f"{type(error).__name__} at {place_of(error)}")
        if found is None or view is None:
            taking.leave_out(store, item, self._now())
            return 1
        self._flying[self.printing.begin(view)] = _Flight(item, found)
        return 0

    def _end(self, future: Future[bytes], flight: _Flight) -> int:
        try:
            content = future.result()
        except NotMade as error:
            return self._fail(flight.item, str(error))
        except (Exception, CancelledError) as error:
            return self._fail(flight.item, type(error).__name__)
        return self._keep(flight.item, flight.found, content)

    def _keep(self, item: Taken, found: Found, content: bytes) -> int:
        for last in (False, True):
            try:
                ending = taking.keep(
                    self.place.store, self.place.settings, item, found, content, self._now(), self.kinds
                )
            except StoreFull:
                self._pause(item)
                return 0
            except StoreUnavailable:
                if last:
                    raise
            else:
                return int(ending in {"kept", "left-out"})
        return 0

    def _fail(self, item: Taken, error: str) -> int:
        given_up = taking.fail(self.place.store, item, error, self._now())
        _logger.warning(
            "document of a batch not made",
            extra=fields(batch=item.batch_id, document=item.id, attempt=item.attempts, error=error),
        )
        return int(given_up)

    def _pause(self, item: Taken | None = None) -> None:
        """There is no room. Where there is not even room to write that down, the page sees it by itself."""
        store = self.place.store
        self._full_at = self._now()
        _logger.warning("batches paused: no room on the disk of the database")
        with suppress(StoreUnavailable):
            ids = taking.to_work_on(store, self._full_at)
            for batch_id in dict.fromkeys((*ids, *(() if item is None else (item.batch_id,)))):
                taking.pause(store, batch_id, _FULL)
        if item is not None:
            with suppress(StoreUnavailable):
                taking.hand_back(store, item, self._full_at)

    def _go_on_after_pause(self) -> None:
        rested = self._full_at is None or self._now() >= self._full_at + RETRY_FULL
        store = self.place.store
        if rested and has_room(store) and taking.any_paused(store) and taking.resume(store, _FULL):
            _logger.info("batches go on: there is room again")

    def _renew(self) -> None:
        """Says that this worker lives, and stops what nobody wants any more."""
        now = self._now()
        if self._renewed_at is not None and now < self._renewed_at + _RENEW:
            return
        self._renewed_at = now
        held = taking.renew(self.place.store, self._lease_id, now)
        for future in [one for one, flight in self._flying.items() if flight.item.id not in held]:
            future.cancel()
            del self._flying[future]

    def _hand_back(self) -> None:
        for future, flight in self._flying.items():
            future.cancel()
            with suppress(StoreUnavailable):
                taking.hand_back(self.place.store, flight.item, self._now())
        self._flying.clear()

    def _now(self) -> datetime:
        return self.place.clock()
