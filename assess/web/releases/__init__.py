"""The blueprint of group results: the list, one group as page, PDF, CSV and JSON.

Everything shown was published by the release; each view asks for it and shows it, and works nothing out.
"""

from __future__ import annotations

from assess.web.releases import files, pages
from assess.web.releases.blueprint import blueprint

__all__ = ["blueprint", "files", "pages"]
