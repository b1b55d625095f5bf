"""What went wrong with a letter, by a name that says nothing about anybody; and whether to try again."""

from __future__ import annotations

import smtplib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, TypeAlias

Outcome: TypeAlias = Literal["later", "refused", "bounced"]

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "no-answer": "the mail server did not answer, or broke off",
        "not-let-in": "the mail server did not accept our name and password",
        "not-safe": "the mail server offers no encryption, or its certificate is not to be trusted",
        "sender-refused": "the mail server does not take letters from our sender address",
        "later": "the mail server asks to try later",
        "refused": "the mail server refused the letter",
        "address-refused": "the mail server refused the address",
        "bad-address": "the address is not one that letters can be sent to",
        "no-address": "the person has no address",
        "unknown-kind": "this version cannot write such a letter",
        "unwritable": "the letter could not be written; the log says why",
        "SenderDied": "whoever sent it died on the way",
        "restored": "a back-up was restored: the letter may have gone before",
        "gone": "the person has left",
        "over": "the questionnaire is not open",
        "nothing-left": "there was nothing left to ask for",
        "too-late": "it would have come too late",
    }
)
"""The visible table: name → what it means, for commands and logs. Pages have their own words for them."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """`reason` is a name of `REASONS`; `code` the server's three digits, 0 where it gave none."""

    outcome: Outcome
    reason: str
    code: int = 0
    is_ours: bool = False
    """It has nothing to do with this letter: the connection, or what the operator has set."""

    @property
    def error(self) -> str:
        """As the outbox keeps it."""
        return f"{self.reason} {self.code}" if self.code else self.reason


def refusal_of(error: Exception) -> Refusal:
    """What an error of `smtplib` or of the network means for a letter to one reader.

    4xx is temporary and 5xx for good, but for what the operator can put right: a name, a password or a
    sender that the server does not take. Those letters wait.
    """
    for kind, for_good in _FOR_GOOD:
        if isinstance(error, kind):
            code = _code(error)
            return replace(for_good, code=code) if code >= _PERMANENT else Refusal("later", "later", code)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Refusal("bounced", "bad-address")
    return Refusal("later", "no-answer", is_ours=True)


_PERMANENT = 500
_FOR_GOOD: tuple[tuple[type[Exception], Refusal], ...] = (
    (smtplib.SMTPRecipientsRefused, Refusal("bounced", "address-refused")),
    (smtplib.SMTPSenderRefused, Refusal("later", "sender-refused", is_ours=True)),
    (smtplib.SMTPAuthenticationError, Refusal("later", "not-let-in", is_ours=True)),
    (smtplib.SMTPDataError, Refusal("refused", "refused")),
)
"""The visible table: where the server said no, and what a no for good means there."""


def _code(error: Exception) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return int(next(iter(error.recipients.values()))[0])
    return int(error.smtp_code) if isinstance(error, smtplib.SMTPResponseException) else 0


def split(error: str) -> tuple[str, int]:
    """Reason and code of what the outbox keeps."""
    reason, _, code = error.partition(" ")
    return reason, int(code) if code.isdigit() else 0
