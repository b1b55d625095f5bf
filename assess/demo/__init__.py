"""The demo organisation: a fictional bakery chain and its simulated answers, by the same code as real ones.

Floor 6. `simulation.py` is pure: answers from a seeded generator that is passed in.
"""

from __future__ import annotations

from assess.demo.filling import SEED, fill, is_demo, is_empty
from assess.demo.visiting import DemoLink, fresh_links

__all__ = ["SEED", "DemoLink", "fill", "fresh_links", "is_demo", "is_empty"]
