"""What pages and the text within the file say about batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assess.batches.offers import Capacity, Offer, offers
from assess.batches.types import Absence, Batch
from assess.people.sessions import PersonSession
from assess.web.language import gettext, ngettext
from assess.web.services import services


def N_(message: str) -> str:  # noqa: N802 (gettext's own name: marks a text that is translated later)
    return message


TITLES: Mapping[str, str] = MappingProxyType(
    {
        "wave-reports": N_("All reports of %(about)s"),
        "unit-briefs": N_("All briefs of your planned talks %(about)s"),
    }
)
"""The visible table: kind of batch → what it is called."""

STATES: Mapping[str, str] = MappingProxyType(
    {
        "waiting": N_("Begins soon"),
        "running": N_("Being made"),
        "paused": N_("Resting"),
        "done": N_("Ready to fetch"),
        "cancelled": N_("Stopped"),
        "deleted": N_("Deleted"),
        "replaced": N_("Replaced by a newer one"),
        "expired": N_("No longer kept"),
    }
)

REASONS: Mapping[Absence, str] = MappingProxyType(
    {
        "failed": N_("It could not be made. It can be tried again."),
        "changed": N_(
            "You can no longer see it, or no longer as it was made. What you may see now stands on the pages."
        ),
    }
)
"""Why a document is not in the file. Never more than this: whether somebody has withdrawn a share, left or
answered anew is theirs to tell."""

NAMED: frozenset[Absence] = frozenset({"failed"})
"""Reasons that say nothing of the person: only then the document is named. A name beside the other would tell
who it was that withdrew."""


def state_of(batch: Batch) -> str:
    """How far it is, in a few words."""
    if batch.state == "done" and not batch.has_file:
        return gettext("Nothing to fetch")
    return gettext(STATES[batch.state])


def title_of(batch: Batch | Offer) -> str:
    """What a batch is called: "All reports of Autumn 2026"."""
    return gettext(TITLES[batch.kind], about=batch.about).strip()


@dataclass(frozen=True, slots=True)
class OfferWords:
    """An offer as a page shows it."""

    kind: str
    subject: str
    title: str


def offers_for(session: PersonSession, capacity: Capacity) -> tuple[OfferWords, ...]:
    """What can be ordered many at once, for `batch_offers.html`."""
    found = offers(services().store, session.actor, capacity, services().now)
    return tuple(OfferWords(one.kind, one.subject, title_of(one)) for one in found)


def time_left(seconds: int | None) -> str:
    """Roughly how long it takes; nothing while nobody can say."""
    if seconds is None:
        return ""
    if seconds < 60:
        return gettext("less than a minute left")
    minutes = round(seconds / 60)
    if minutes < 60:
        return ngettext("about %(num)s minute left", "about %(num)s minutes left", minutes)
    return ngettext("about %(num)s hour left", "about %(num)s hours left", round(minutes / 60))
