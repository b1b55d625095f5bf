"""The visible table of letters: kind → who writes it, how long it is worth sending, who may be told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from assess.mail import agreement_letters, batch_letters, invitations, own_letters, talk_letters
from assess.mail.content import Content
from assess.mail.desk import Desk


@dataclass(frozen=True, slots=True)
class Kind:
    """`lasts`: how long after it was put a letter is worth sending; None is as long as its writer has
    something to say. `is_named`: administrators see to whom it could not be delivered. A reminder is not:
    it tells who has not answered; nor does it count, because how many have not is told in steps only."""

    write: Callable[[Desk], Content]
    lasts: timedelta | None = None
    is_named: bool = False
    is_counted: bool = True


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "invitation": Kind(invitations.invitation, is_named=True),
        "reminder": Kind(invitations.reminder, lasts=timedelta(days=3), is_counted=False),
        "sign-in": Kind(own_letters.sign_in, lasts=timedelta(hours=1), is_named=True),
        "contact-changed": Kind(own_letters.contact_changed),
        "erasure-done": Kind(own_letters.erasure_done),
        # Who talks with whom, and what is due from it, is nobody else's business.
        "talk-invitation": Kind(talk_letters.invitation, is_counted=False),
        "talk-changed": Kind(talk_letters.changed, is_counted=False),
        "talk-cancelled": Kind(talk_letters.cancelled, lasts=timedelta(days=7), is_counted=False),
        "talk-reminder": Kind(talk_letters.reminder, lasts=timedelta(days=3), is_counted=False),
        "talk-ready": Kind(talk_letters.ready, is_counted=False),
        "agreement-reminder": Kind(agreement_letters.due, lasts=timedelta(days=3), is_counted=False),
        "agreements-to-sign": Kind(agreement_letters.to_sign, lasts=timedelta(days=7), is_counted=False),
        "agreement-changed": Kind(agreement_letters.changed, lasts=timedelta(days=7), is_counted=False),
        "agreements-shown": Kind(agreement_letters.shown, lasts=timedelta(days=7), is_counted=False),
        "batch-ready": Kind(batch_letters.ready, lasts=timedelta(days=3)),
    }
)
