"""Codes on printed questionnaires: short enough to type, long enough not to be guessed.

Twelve signs of Crockford's base 32 (no I, L, O, U) are 60 random bits; only whoever may type in answers can
try one, and tries are counted. Only the SHA-256 is stored.
"""

from __future__ import annotations

import secrets

from assess.store.secret import digest

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """A fresh code as it is printed: three groups of four."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def code_hash(code: str) -> str:
    """What is stored of a code, however it was typed: small letters, blanks, hyphens, O for 0, I for 1."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum()).translate(_READ_AS)
    return digest(plain)
