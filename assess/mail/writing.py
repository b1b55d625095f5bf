"""From a letter in the outbox to the message that is sent: text and HTML of the same content."""

from __future__ import annotations

import re
import textwrap
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from assess.mail.content import CalendarFile, Content
from assess.mail.desk import Desk, lay_out
from assess.mail.errors import NotWanted, NoWay
from assess.mail.kinds import KINDS
from assess.outbox.letters import Taken
from assess.settings import Settings
from assess.store import Store

_TEMPLATES = Path(__file__).parent / "templates"
_WIDTH = 72
_LONGEST_ADDRESS = 254
_LOCAL = re.compile(r"[^\s\"(),:;<>@\[\\\]]+")
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
"""What an address consists of on both sides of its @: nothing that a header or a server reads otherwise."""
_LISTED = frozenset({"invitation", "reminder"})


def write(store: Store, settings: Settings, letter: Taken, now: datetime) -> EmailMessage:
    """The message of a letter, with links minted for it.

    Its Message-ID is the same each time that this letter is written, so that whoever receives it twice can
    drop one. Raises `NotWanted` (the letter is to be cancelled) and `NoWay` (it has failed).
    """
    desk, content = compose(store, settings, letter, now)
    return message_of(desk, content)


def compose(store: Store, settings: Settings, letter: Taken, now: datetime) -> tuple[Desk, Content]:
    """What a letter says to whom. Raises as `write`."""
    kind = KINDS.get(letter.kind)
    if kind is None:
        raise NoWay("unknown-kind")
    if kind.lasts is not None and now - letter.created_at > kind.lasts:
        raise NotWanted("too-late")
    desk = lay_out(store, settings, letter, now)
    _mailbox(desk)
    return desk, kind.write(desk)


def message_of(desk: Desk, content: Content) -> EmailMessage:
    """Headers and both parts. A line end in a header raises `ValueError`: nobody writes headers for us."""
    mailbox, host = _mailbox(desk), message_host(desk.settings)
    message = EmailMessage(policy=SMTP if mailbox.addr_spec.isascii() else SMTPUTF8)
    message["From"] = desk.settings.mail_from or f"Assess <assess@{host}>"
    message["To"] = mailbox
    message["Subject"] = content.subject
    message["Date"] = format_datetime(desk.now)
    message["Message-ID"] = f"<{desk.letter.id}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if desk.letter.kind in _LISTED:
        message["List-Id"] = f"<questionnaires.{host}>"
    message.set_content(text_of(content), cte="quoted-printable")
    message.add_alternative(html_of(content), subtype="html", cte="quoted-printable")
    if content.calendar is not None:
        _add_calendar(message, content.calendar)
    message["Content-Language"] = content.language
    return message


def _add_calendar(message: EmailMessage, file: CalendarFile) -> None:
    """As a part that programmes with a calendar act upon, and as a file for all others (RFC 6047)."""
    message.add_alternative(
        file.content.decode(), subtype="calendar", params={"method": file.method}, cte="base64"
    )
    message.add_attachment(file.content, maintype="application", subtype="ics", filename=file.name)


def message_host(settings: Settings) -> str:
    """The host in Message-IDs: that of the address that users see."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    return f"[IPv6:{host}]" if ":" in host else host


def text_of(content: Content) -> str:
    """The text part: lines of at most 72 characters, but for links."""
    return _templates().get_template("letter.txt").render(letter=content)


def html_of(content: Content) -> str:
    """The HTML part: all styles inline, nothing loaded from anywhere."""
    return _templates().get_template("letter.html").render(letter=content)


def _mailbox(desk: Desk) -> Address:
    """Where the letter goes. Raises `NoWay` for what is no address."""
    local, at, domain = desk.address.rpartition("@")
    try:
        plain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise NoWay("bad-address") from error
    is_usable = at and len(desk.address) <= _LONGEST_ADDRESS and _LOCAL.fullmatch(local)
    if not is_usable or not local.isprintable() or not _DOMAIN.fullmatch(plain):
        raise NoWay("bad-address")
    return Address(desk.name, local, plain)


def _wrapped(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["wrapped"] = _wrapped
    return environment
