"""What is not told from figures that were made before, and why."""

from __future__ import annotations

from reports.manual.blocks import Paragraph
from reports.manual.sayings import Manual


def where_answers_lie(manual: Manual) -> Paragraph:
    """In the place of means, distributions and differences."""
    return Paragraph(
        text=manual.words.say(
            "Where the answers lie (means, spreads, distributions, differences between groups) is published "
            "in group results alone. Figures of all sheets in two waves could be subtracted, and what is "
            "left would be the answers of a few."
        )
    )


def from_a_file_only(manual: Manual) -> Paragraph:
    """In the place of what is worked out of single answers."""
    return Paragraph(
        text=manual.words.say(
            "This is not worked out for a wave, because it rests on single answers. Those who may have the "
            "answers as a file can work it out there (assess manual)."
        )
    )
