"""One connection to the mail server for many letters."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from typing import cast

from assess.mail.refusals import Refusal, refusal_of
from assess.settings import Settings

TIMEOUT = 30.0
"""Seconds that the server may be silent."""


class Refused(Exception):
    """The letter, or the connection, was not accepted. Carries no address and nothing that a server said."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.error)
        self.refusal = refusal


class Connection:
    """Opened when the first letter needs it, and again after it broke. Not for several threads."""

    def __init__(self, settings: Settings, timeout: float = TIMEOUT) -> None:
        self._settings = settings
        self._timeout = timeout
        self._server: smtplib.SMTP | None = None

    def ready(self) -> None:
        """Makes sure that there is a server that listens. Raises `Refused`."""
        if self._server is not None:
            try:
                if self._server.noop()[0] == _FINE:
                    return
            except (smtplib.SMTPException, OSError):
                pass  # servers end a connection when it has brought enough: a new one does
            self.close()
        try:
            self._server = self._open()
        except ssl.SSLError as error:
            raise Refused(Refusal("later", "not-safe", is_ours=True)) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Refused(Refusal("later", "not-safe", is_ours=True)) from error
        except (smtplib.SMTPException, OSError) as error:
            refusal = refusal_of(error)
            raise Refused(Refusal("later", refusal.reason, refusal.code, is_ours=True)) from error

    def send(self, message: EmailMessage) -> None:
        """Hands the letter over; returns when the server has taken responsibility for it (its 250).

        Raises `Refused`. When the connection broke after the letter's last line, the server may have it.
        """
        if self._server is None:
            raise Refused(Refusal("later", "no-answer", is_ours=True))
        sender, reader = _spec(message, "From"), _spec(message, "To")
        try:
            self._server.send_message(message, from_addr=sender, to_addrs=[reader])
        except (smtplib.SMTPException, OSError) as error:
            refusal = refusal_of(error)
            if refusal.reason == "no-answer":
                self.close()
            raise Refused(refusal) from error

    def close(self) -> None:
        """Says goodbye where somebody still listens."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _open(self) -> smtplib.SMTP:
        smtp = self._settings.smtp
        if smtp is None:
            raise OSError("no mail server is set")
        if smtp.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                smtp.host, smtp.port, timeout=self._timeout, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(smtp.host, smtp.port, timeout=self._timeout)
        try:
            if smtp.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if smtp.user:
                server.login(smtp.user, self._settings.smtp_password)
        except BaseException:
            server.close()
            raise
        return server


_FINE = 250


def _spec(message: EmailMessage, header: str) -> str:
    """The bare address of a header with one."""
    return cast(Address, message[header].addresses[0]).addr_spec
