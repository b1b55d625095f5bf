"""Which groups of sheets can be compared: languages within a perspective, and perspectives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

from questionnaires.definition import LanguageId
from reports.manual.development import language_name
from reports.manual.evidence import GroupEvidence
from reports.manual.sayings import Manual


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two groups of sheets that answered the same items: a reference and a focal group."""

    reference: str
    focal: str
    first: GroupEvidence
    second: GroupEvidence

    def title(self, manual: Manual) -> str:
        """Which group is held against which."""
        first = self.reference[:1].lower() + self.reference[1:]
        return manual.words.say("{second} against {first}", first=first, second=self.focal)


def comparisons(manual: Manual) -> Iterator[Comparison]:
    """Pairs of groups that may both be shown: languages within a perspective, then perspectives."""
    full = [
        group
        for group in manual.evidence.measured
        if group.form.short_form is None and group.scores is not None
    ]
    for group in full:
        parts = list(_by_language(group))
        for (one, first), (other, second) in combinations(parts, 2):
            yield Comparison(
                reference=f"{manual.group(group)}, {language_name(manual, one)}",
                focal=f"{manual.group(group)}, {language_name(manual, other)}",
                first=first,
                second=second,
            )
    for first, second in combinations(full, 2):
        yield Comparison(manual.group(first), manual.group(second), first, second)


def _by_language(group: GroupEvidence) -> Iterator[tuple[LanguageId, GroupEvidence]]:
    spoken = np.array(group.group.languages)
    if spoken.size != group.group.n:
        return
    languages: tuple[LanguageId, ...] = ("da", "sv", "en")
    parts = [(language, _part(group, spoken == language)) for language in languages]
    found = [(language, part) for language, part in parts if part.distributed]
    # All sheets less those compared are the others: they must be nobody, or enough people as well.
    others = _part(group, ~np.isin(spoken, [language for language, _ in found]))
    if others.distributed or not others.group.n:
        yield from found


def _part(group: GroupEvidence, chosen: npt.NDArray[np.bool_]) -> GroupEvidence:
    """The sheets of a group for which `chosen` (one for each sheet) is true."""
    whole = group.group
    part = replace(
        whole,
        answers=np.ascontiguousarray(whole.answers[:, chosen]),
        seconds=whole.seconds[chosen],
        subjects=_at(whole.subjects, chosen),
        languages=_at(whole.languages, chosen),
        respondents=_at(whole.respondents, chosen),
    )
    return GroupEvidence(group.questionnaire, part, group.least)


def _at(said: tuple[str, ...], chosen: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(np.array(said)[chosen].tolist()) if len(said) == chosen.size else ()
