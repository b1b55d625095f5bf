"""The ids that every questionnaire shares, and what all its nodes have in common. Pure."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

PerspectiveId: TypeAlias = Literal["self", "manager", "direct-report"]
LanguageId: TypeAlias = Literal["da", "sv", "en"]
StyleId: TypeAlias = Literal["S1", "S2", "S3", "S4"]
LevelId: TypeAlias = Literal["M1", "M2", "M3", "M4"]
BandId: TypeAlias = Literal["low", "middle", "high"]
Side: TypeAlias = Literal["low", "high"]
Privacy: TypeAlias = Literal["personal", "confidential"]
PatternId: TypeAlias = Literal[
    "flexible-and-fitting", "flexible-not-fitting", "narrow-and-fitting", "narrow-not-fitting"
]
LeaningId: TypeAlias = Literal["over-leading", "under-leading", "fitting"]

ACTION_LETTERS = "ABCD"


class Node(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A node of the file: immutable, and a key that nobody knows is an error.

    What equals its default is left out when it is encoded, so that a key which the format gains later does
    not change the content hash of the questionnaires that do not use it.
    """
