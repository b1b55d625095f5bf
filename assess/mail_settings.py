"""Reading the settings of mail: the server, its password, and who the letters are from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr
from types import MappingProxyType
from typing import Literal, TypeAlias
from urllib.parse import unquote, urlsplit

from assess.errors import SettingsError

Security: TypeAlias = Literal["tls", "starttls", "none"]

_FORMS: Mapping[str, tuple[Security, int]] = MappingProxyType(
    {"smtps": ("tls", 465), "smtp": ("starttls", 587), "smtp+plain": ("none", 25)}
)
"""The visible table: how the setting begins → how the connection is protected, and the usual port."""
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_LIKE = "Write it like smtp://user@mail.example.dk:587 or smtps://user@mail.example.dk:465"
_ADDRESS = re.compile(
    r"[^\s@<>\"(),:;\\\[\]]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+|[^\s@<>\"(),:;\\\[\]]+@localhost"
)


@dataclass(frozen=True, slots=True)
class Smtp:
    """The server that takes our letters. `user` is empty where it asks for nobody's name."""

    host: str
    port: int
    security: Security
    user: str = ""


def smtp_of(env: Mapping[str, str]) -> Smtp | None:
    """The server of `ASSESS_SMTP`; None when there is none: letters wait then.

    `smtps://` is encrypted from the first byte, `smtp://` by STARTTLS, which must succeed. `smtp+plain://`
    is not encrypted, and so is `smtp://` on this machine. Raises `SettingsError`, which never quotes the
    setting: somebody may have written a password into it.
    """
    text = (env.get("ASSESS_SMTP") or "").strip()
    if not text:
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise SettingsError("ASSESS_SMTP has no usable port.", _LIKE) from error
    if parts.scheme not in _FORMS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise SettingsError("ASSESS_SMTP is not the address of a mail server.", _LIKE)
    if parts.password is not None:
        raise SettingsError(
            "ASSESS_SMTP holds a password.", "Put it into ASSESS_SMTP_PASSWORD, which is shown nowhere"
        )
    security, usual = _FORMS[parts.scheme]
    if security == "starttls" and parts.hostname in _LOOPBACK:
        security = "none"
    user = unquote(parts.username or "")
    if user and not env.get("ASSESS_SMTP_PASSWORD"):
        raise SettingsError(
            "ASSESS_SMTP names a user, and ASSESS_SMTP_PASSWORD is not set.", "Set it, or leave the user away"
        )
    if user and security == "none" and parts.hostname not in _LOOPBACK:
        raise SettingsError(
            "ASSESS_SMTP would send a password without encryption.", "Write smtp:// or smtps://"
        )
    return Smtp(parts.hostname, usual if port is None else port, security, user)


def password_of(env: Mapping[str, str]) -> str:
    """The password of the user in `ASSESS_SMTP`. Raises `SettingsError` where there is no such user."""
    password = env.get("ASSESS_SMTP_PASSWORD") or ""
    if password and not urlsplit((env.get("ASSESS_SMTP") or "").strip()).username:
        raise SettingsError(
            "ASSESS_SMTP_PASSWORD is set, and ASSESS_SMTP names no user.",
            "Write the user into it: smtp://user@mail.example.dk:587",
        )
    return password


def mail_from_of(env: Mapping[str, str]) -> str:
    """Who letters are from: an address, or a name with an address in angle brackets. Empty without mail.

    Raises `SettingsError` for what is no address, and when there is a server and no sender.
    """
    text = (env.get("ASSESS_MAIL_FROM") or "").strip()
    like = "Write it like Assess <assess@example.dk>"
    if not text:
        if (env.get("ASSESS_SMTP") or "").strip():
            raise SettingsError("ASSESS_SMTP is set, and ASSESS_MAIL_FROM is not.", like)
        return ""
    name, address = parseaddr(text)
    if not text.isprintable() or not _ADDRESS.fullmatch(address) or not address.isascii():
        raise SettingsError("ASSESS_MAIL_FROM holds no e-mail address.", like)
    try:
        return str(Address(display_name=name, addr_spec=address))
    except (ValueError, IndexError) as error:
        raise SettingsError("ASSESS_MAIL_FROM holds no e-mail address.", like) from error
