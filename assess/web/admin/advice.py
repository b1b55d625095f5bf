"""What to do about what a measurement found: one rule a finding, in words for anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from types import MappingProxyType

from assess.evidence.precision import LEAST_FOR_PRECISION
from assess.evidence.results import Finding, FindingKind, Measurement
from assess.measurement.norms import LEAST_PEOPLE
from assess.web.admin.naming import Names
from assess.web.language import gettext, number, percent


@dataclass(frozen=True, slots=True)
class Remark:
    """What was found, and what to do about it."""

    found: str
    do: str


@dataclass(frozen=True, slots=True)
class ItemAdvice:
    """One question with everything found about it. `n`: how many answered it."""

    text: str
    scale: str
    n: str
    remarks: tuple[Remark, ...]


def _negative(finding: Finding) -> Remark:
    return Remark(
        gettext(
            "Its answers run against the other questions of the scale (%(r)s).", r=number(finding.figure)
        ),
        gettext(
            "Find out first whether it is misread, for instance because of a “not”, or is scored the wrong"
            " way round in the file. Until then do not build on this scale."
        ),
    )


def _weak(finding: Finding) -> Remark:
    return Remark(
        gettext(
            "It hangs together only a little with the other questions of the scale (%(r)s; from %(limit)s on"
            " it is enough).",
            r=number(finding.figure),
            limit=number(finding.limit),
        ),
        gettext(
            "Ask three to five people what they thought of when they answered, and reword it if they differ."
        ),
    )


def _better_without(finding: Finding) -> Remark:
    return Remark(
        gettext("Without it the scale would be more reliable, by %(gain)s.", gain=number(finding.figure)),
        gettext(
            "Do nothing after one wave. If it shows again, consider leaving it out, unless it covers"
            " something that no other question asks."
        ),
    )


def _often_missing(finding: Finding) -> Remark:
    return Remark(
        gettext("%(share)s did not answer it.", share=percent(finding.figure)),
        gettext(
            "Ask whether it fits everybody’s work. Often plainer words help, or leaving it out for those whom"
            " it does not concern."
        ),
    )


ITEM_RULES: MappingProxyType[FindingKind, Callable[[Finding], Remark]] = MappingProxyType(
    {
        "item-negative": _negative,
        "item-weak": _weak,
        "better-without": _better_without,
        "often-missing": _often_missing,
    }
)
"""Kind of finding about a question → what is said. A new kind is one line here."""


_MAY_BE_CHANCE: frozenset[FindingKind] = frozenset({"item-negative", "item-weak"})


def item_advice(made: Measurement, names: Names) -> tuple[ItemAdvice, ...]:
    """The questions that something was found about, in the order of the questionnaire's scales."""
    found: dict[str, list[Remark]] = {}
    scales: dict[str, str] = {}
    for finding in made.findings:
        if finding.item is not None and finding.kind in ITEM_RULES:
            found.setdefault(finding.item, []).append(_said(finding))
            if finding.scale is not None:
                scales[finding.item] = names.scale(finding.scale)
    answered = {item.id: item.answered for item in made.missing}
    return tuple(
        ItemAdvice(
            text=names.item(item_id),
            scale=scales.get(item_id, ""),
            n=number(answered.get(item_id, 0), 0),
            remarks=tuple(remarks),
        )
        for item_id, remarks in found.items()
    )


def _said(finding: Finding) -> Remark:
    """Its rule's words; where more answers may show it to be nothing, that too."""
    remark = ITEM_RULES[finding.kind](finding)
    if finding.sure or finding.kind not in _MAY_BE_CHANCE:
        return remark
    chance = gettext("With so few answers that may be chance.")
    return replace(remark, found=f"{remark.found} {chance}")


def next_steps(made: Measurement) -> tuple[str, ...]:
    """What to do now, the most important first; never empty."""
    if made.reason is not None:
        return _waiting(made.reason)
    kinds = {finding.kind for finding in made.findings}
    sheets = made.sheets or 0
    steps = []
    if kinds & {"alpha-low", "item-negative"}:
        steps.append(
            gettext("Tell those who talk about the results which parts are uncertain here, before the talks.")
        )
    if kinds & ITEM_RULES.keys():
        steps.append(gettext("Look at the questions named above together with a few who answered them."))
    if "hasty" in kinds:
        steps.append(
            gettext(
                "Many answered in a hurry. Give time for it during working hours, and say again what the"
                " answers are used for."
            )
        )
    if "slow" in kinds:
        steps.append(
            gettext(
                "It takes longer than the questionnaire promises. Say so when you announce the next wave."
            )
        )
    steps += _publishing(made, sheets)
    if not kinds:
        steps.insert(0, gettext("Nothing needs to be mended. Look again after the next wave."))
    return tuple(steps)


def _waiting(reason: str) -> tuple[str, ...]:
    if reason == "wave-open":
        return (gettext("Come back when the wave has closed."),)
    if reason == "answers-erased":
        return (gettext("Look at the next wave instead."),)
    return (gettext("Invite more people to the next wave."),)


def _publishing(made: Measurement, sheets: int) -> list[str]:
    if made.reliability is None or made.short_form is not None:
        return []
    if sheets < LEAST_FOR_PRECISION:
        return [
            gettext(
                "From %(needed)s submitted questionnaires on, the precision measured here can be used for"
                " profiles. Now there are %(found)s; several waves can be put together.",
                needed=LEAST_FOR_PRECISION,
                found=sheets,
            )
        ]
    steps = [gettext("You can let new profiles use the precision measured here.")]
    if sheets >= LEAST_PEOPLE:
        steps.append(gettext("There may be enough answers to build norms."))
    return steps
