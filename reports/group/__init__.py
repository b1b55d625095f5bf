"""The result of a group: a published release as one frozen value with all its words: page, PDF, JSON, CSV.

Works nothing out: what is published, and how it is rounded, was decided when the release was made.
"""

from __future__ import annotations

from reports.group.parts import GroupView
from reports.group.view import group_view

__all__ = ["GroupView", "group_view"]
