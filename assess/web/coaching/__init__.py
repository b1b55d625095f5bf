"""The blueprint of coaches: exactly the people who share with the coach, and their profiles.

Each view reads the request, calls one use case and shows its result; it decides nothing.
"""

from __future__ import annotations

from assess.web.coaching import home
from assess.web.coaching.blueprint import blueprint

__all__ = ["blueprint", "home"]
