"""A real SMTP server (aiosmtpd) in a thread, which a test can tell to refuse, to be slow, or to die."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class PostOffice:
    """`letters` are those that it has accepted. The replies are asked for each letter; None is the usual one.

    `silent`: while set, no answer comes after the letter's last line. `dies_on`: it hangs up in the middle
    of that letter (counted from 1). `hangs_up_after`: as servers do that take only so many in a connection.
    """

    on_reader: Callable[[str], str | None] = lambda _: None
    on_sender: Callable[[str], str | None] = lambda _: None
    on_letter: Callable[[int], str | None] = lambda _: None
    is_silent: bool = False
    dies_on: frozenset[int] = frozenset()
    hangs_up_after: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    readers: list[str] = field(default_factory=list)
    connections: int = 0
    tried: int = 0
    accepted: threading.Event = field(default_factory=threading.Event)
    port: int = 0
    _controller: Any = None

    def open(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._controller = _Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        self.connections = 0  # the controller has tried whether it answers

    def shut(self) -> None:
        self._controller.stop(no_assert=True)

    # --- aiosmtpd's hooks ---

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if (reply := self.on_sender(address)) is not None:
            return reply
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if (reply := self.on_reader(address)) is not None:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.tried += 1
        if self.tried in self.dies_on:
            _line(server).abort()
            return "451 gone"
        if (reply := self.on_letter(self.tried)) is not None:
            return reply
        if self.is_silent:
            await asyncio.Event().wait()
        content = envelope.content
        assert isinstance(content, bytes)
        self.letters.append(message_from_bytes(content, policy=policy.default))
        self.readers.extend(envelope.rcpt_tos)
        self.accepted.set()
        if self.hangs_up_after and len(self.letters) % self.hangs_up_after == 0:
            _line(server).write(b"250 OK\r\n")
            _line(server).close()
        return "250 OK"


class _Controller(Controller):
    def __init__(self, office: PostOffice, **parts: Any) -> None:
        self._office = office
        super().__init__(office, **parts)

    def factory(self) -> SMTP:
        self._office.connections += 1
        server: SMTP = super().factory()  # type: ignore[no-untyped-call]
        return server


def _line(server: SMTP) -> asyncio.WriteTransport:
    assert isinstance(server.transport, asyncio.WriteTransport)
    return server.transport
