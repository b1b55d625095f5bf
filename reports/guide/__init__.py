"""The handbook for talks: how to read a profile, hold the talk, and what never to do. For page and PDF.

Its words are data, one file for each language beside this one (`da.yaml` is the source); it is about nobody.
"""

from __future__ import annotations

from reports.guide.parts import GuideView
from reports.guide.view import guide_view

__all__ = ["GuideView", "guide_view"]
