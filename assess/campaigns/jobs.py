"""Kinds of background jobs about waves; the subject of each is the wave's id, of a reminder also its day.

`assess/jobs/kinds.py` says what does each of them.
"""

from __future__ import annotations

FILL_JOB = "fill-wave"
RELEASE_JOB = "release-wave"
REMIND_JOB = "remind-wave"
PURGE_JOB = "purge-wave"
