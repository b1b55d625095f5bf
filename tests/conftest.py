"""Puts this folder on the path, so that tests of several rooms can share `example_definitions`."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("assess", deadline=None)  # machines are shared: no test may hang on time
settings.load_profile("assess")
