"""What a group's figures leave out, and why: said once for each group, in the place of a dash a row."""

from __future__ import annotations

from assess.disclosure.thresholds import DISTRIBUTION_GROUP
from assess.team_profiles.types import FacetColumn
from reports.team.inputs import Team


def untold(team: Team) -> tuple[str, ...]:
    """A text for each group of `TeamProfile.facets`, "" where everything is told."""
    return tuple(" ".join(_reasons(team, column)) for column in team.found.facets)


def _reasons(team: Team, column: FacetColumn) -> list[str]:
    words, found = team.words, []
    if column.source == "ratings":
        found.append(
            words.say(
                "Counted is everybody of whom your rating has a result on each part; a change "
                "counts whoever was rated both times."
            )
        )
        found.append(
            words.say(
                "These figures stand on the page alone: from two documents of different days it could be "
                "worked out how you have rated one person."
            )
        )
    spread = any(cell.spread is not None for cell in column.cells)
    agreement = any(cell.agreement is not None for cell in column.cells)
    if not spread and column.people < DISTRIBUTION_GROUP:
        found.append(
            words.say(
                "Spread and agreement are told from {least} people on: of fewer, single answers could "
                "be worked out.",
                least=str(DISTRIBUTION_GROUP),
            )
        )
    elif not spread and not agreement:
        found.append(
            words.say(
                "Spread and agreement are told only where exactly these people make a group of their own."
            )
        )
    elif not agreement:
        found.append(words.say("These results were made before agreement was told."))
    if all(cell.trend is None for cell in column.cells) and column.source == "release":
        found.append(words.say("There is no earlier result of the same group to compare with."))
    return found
