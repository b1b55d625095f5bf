"""The blueprint of batches: ordering many documents at once, how far they are, and the one file of them.

Each view reads the request, calls one use case and shows its result; it decides nothing.
"""

from __future__ import annotations

from assess.web.batches import download, home
from assess.web.batches.blueprint import blueprint

__all__ = ["blueprint", "download", "home"]
