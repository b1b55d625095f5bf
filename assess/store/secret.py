"""Secrets of links and sessions: made here, stored only as their SHA-256."""

from __future__ import annotations

import hashlib
import secrets

_BYTES = 32


def new_secret() -> str:
    """256 random bits, base64url without padding (43 characters)."""
    return secrets.token_urlsafe(_BYTES)


def digest(secret: str) -> str:
    """SHA-256 of a secret, in hex: what is stored. Any text has one, so that a damaged secret is simply
    not found."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
