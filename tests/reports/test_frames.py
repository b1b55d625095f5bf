"""What may be called low beside working conditions, in whose view, and where nothing is.

Facets have bands at 2.5 and 3.5, and here a standard error of 0.44: up to 2.0 a score is clearly low.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from talk_examples import area, brief, viewed

FACETS = ("will", "responsibility", "relations", "energy")
HIGH = (4, 4, 4, 4)
ALL_HALF = (3.5, 3.5, 3.5, 3.5)


def scored(seen, scores):
    """What was seen, with other scores of its scales, bands as the library's questionnaire has them."""
    errors = {"psychological": 0.23}
    scales = tuple(
        msgspec.structs.replace(
            one, score=scores[one.id], sem=errors.get(one.id, 0.44), band=band_of(scores[one.id])
        )
        if one.id in scores
        else one
        for one in seen.profile.scales
    )
    return replace(seen, profile=msgspec.structs.replace(seen.profile, scales=scales))


def band_of(score):
    return "low" if score < 2.5 else "high" if score >= 3.5 else "middle"


def told(own, manager, reader="holder", whole=None, language="en"):
    """The first line of the box in a brief with these facets (None: no such view); None without a box.
    `whole`: the score of the whole scale, in both views."""
    found = area((4,) * 8 if own else None, (4,) * 8 if manager else None)
    for name, facets in (("own", own), ("manager", manager)):
        if facets:
            scores = dict(zip(FACETS, facets, strict=True))
            scores |= {"psychological": whole} if whole else {}
            found = replace(found, **{name: scored(getattr(found, name), scores)})
    box = viewed(brief(reader, found, language=language), language).areas[0].frames
    return None if box is None else box.lines[0].split(" That has")[0]


@pytest.mark.parametrize(
    ("own", "manager", "line"),
    [
        pytest.param(HIGH, HIGH, None, id="nothing is low"),
        pytest.param((3, 4, 4, 4), HIGH, None, id="the middle is not low"),
        pytest.param((1.5, 4, 4, 4), None, "Low as Amina sees it: Will.", id="one view, the person's"),
        pytest.param(None, (1.5, 4, 4, 4), "Low in your own view: Will.", id="one view, the manager's"),
        pytest.param((1.5, 4, 4, 4), (3.5, 4, 4, 4), "Low as Amina sees it: Will.", id="low in one of two"),
        pytest.param((3, 4, 4, 4), (2, 4, 4, 4), "Low in your own view: Will.", id="low in the other"),
        pytest.param((2, 1, 4, 4), (1, 2, 4, 4), "Low in both views: Will and responsibility.", id="both"),
        pytest.param(
            (1, 4, 4, 2),
            (1, 2, 3, 3),
            "Low in both views: Will. Low as Amina sees it: Energy.",
            id="both, then one; what the other calls a strength is left out",
        ),
        pytest.param(
            (1.5, 4, 4, 4), HIGH, "Worth a closer look: Will.", id="a strength in the other view is not low"
        ),
        pytest.param((2.25, 4, 4, 4), (3, 4, 4, 4), "Worth a closer look: Will.", id="within the error"),
        pytest.param((2.1, 4, 4, 4), (2.4, 4, 4, 4), "Worth a closer look: Will.", id="within it in both"),
    ],
)
def test_low_is_what_is_certainly_low_in_the_view_that_is_named(own, manager, line):
    assert told(own, manager) == line


@pytest.mark.parametrize(
    ("reader", "line"),
    [
        ("person", "Low in your own view: Will. Low as your manager sees it: Energy."),
        ("holder", "Low in your own view: Energy. Low as Amina sees it: Will."),
        ("shown", "Low as Amina sees it: Will. Low as the manager sees it: Energy."),
    ],
)
def test_each_reader_is_told_whose_view_it_is(reader, line):
    assert told((1, 4, 4, 3), (3, 4, 4, 1), reader) == line


@pytest.mark.parametrize(
    ("facets", "whole", "line"),
    [
        pytest.param(
            (3, 3, 3, 3), 3.0, "Worth a closer look: Psychological job maturity.", id="under the cut"
        ),
        pytest.param(ALL_HALF, 3.44, None, id="under the cut by less than the error"),
        pytest.param(
            (2, 3, 3, 3), 2.75, "Low in both views: Will.", id="a part is named instead of the whole"
        ),
    ],
)
def test_the_whole_is_never_called_low_where_its_parts_are_not(facets, whole, line):
    assert told(facets, facets, whole=whole) == line


def test_without_a_known_error_nothing_is_called_low():
    found = area((4,) * 8, None)
    low = scored(found.own, {"will": 1.0})
    unknown = tuple(msgspec.structs.replace(one, sem=None) for one in low.profile.scales)
    seen = replace(low, profile=msgspec.structs.replace(low.profile, scales=unknown))
    box = viewed(brief("holder", replace(found, own=seen), language="en"), "en").areas[0].frames
    assert box.lines[0].startswith("Worth a closer look: Will.")


@pytest.mark.parametrize(
    ("language", "line"),
    [("da", "Lavt i begge syn: Vilje. Lavt, sådan som Amina ser det: Energi."),
     ("sv", "Lågt i båda bilderna: Vilja. Lågt som Amina ser det: Energi.")],
)  # fmt: skip
def test_it_is_said_in_the_reader_s_language(language, line):
    assert told((1, 4, 4, 2), (1, 4, 4, 3), language=language).startswith(line)
