"""A document that costs next to nothing; in a module of its own, so that processes load nothing else."""

from __future__ import annotations


def pdf_of(text: str) -> bytes:
    """It says what it is of, and is whole from its first to its last bytes."""
    return f"%PDF-1.7 {text} ".encode() + b"." * 5_000 + b" %%EOF"
