"""What may be done with development talks: the two, whoever the person shows one to, and nobody else.

See `docs/decisions/0015-talks.md`. An administrator has no relation to a talk.
"""

from __future__ import annotations

from assess.rights.rules import Rule
from assess.rights.things import TalkOf, TalkWith

TALK_RULES: tuple[Rule, ...] = (
    Rule("plan-talk", "nearest leader", to=TalkWith),
    Rule("plan-talk", "talk coach", to=TalkWith),
    Rule("see-talk", "talk person", to=TalkOf),
    Rule("see-talk", "talk holder", to=TalkOf),
    Rule("see-talk", "talk successor", to=TalkOf),
    Rule("see-talk", "talk coach", to=TalkOf),
    # When and where, and that it was held, says who holds it; both can call it off.
    Rule("change-talk", "talk holder", to=TalkOf),
    Rule("cancel-talk", "talk person", to=TalkOf),
    Rule("cancel-talk", "talk holder", to=TalkOf),
    # What the two prepare is between the two: it is not shown on, neither to a coach nor to a new manager.
    Rule("prepare-talk", "talk person", to=TalkOf),
    Rule("prepare-talk", "talk holder", to=TalkOf),
    Rule("agree", "talk person", to=TalkOf),
    Rule("agree", "talk holder", to=TalkOf),
    Rule("agree", "talk successor", to=TalkOf),
    Rule("note-talk", "talk person", to=TalkOf),
    Rule("note-talk", "talk holder", to=TalkOf),
    Rule("note-talk", "talk successor", to=TalkOf),
    Rule("note-talk", "talk coach", to=TalkOf),
    # Reading and deleting what one wrote, also when one sees nothing else of the talk any more.
    Rule("read-own-note", "note writer", to=TalkOf),
    Rule("show-talk", "talk person", to=TalkOf),
)
