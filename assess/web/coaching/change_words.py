"""What has changed between two waves, in words: which differences are real, and which may be noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assess.answering.loading import language_for
from assess.language.wording import Wording
from assess.measurement.profile_change import ScaleChange, real_together
from assess.profiles_seen.types import NoChange, View
from assess.talks.caseload import CaseChange
from assess.web import language
from assess.web.language import gettext, ngettext
from questionnaires.definition import LevelId, Texts


def N_(message: str) -> str:  # noqa: N802 (gettext's own name: marks a text that is translated later)
    return message


VIEWS: Mapping[View, str] = MappingProxyType({"self": N_("Own view"), "manager": N_("The manager’s view")})

WHY_NOT: Mapping[NoChange, str] = MappingProxyType(
    {
        "another-questionnaire": N_("The two waves asked with different questionnaires."),
        "another-version": N_("The questionnaire asks something else since then."),
        "another-form": N_("The two waves asked different questions."),
        "another-manager": N_("Somebody else has rated since then: two people judge differently."),
    }
)
"""The visible table: why two profiles are not set against each other."""


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """One scale on both occasions; "–" where there is no number."""

    name: str
    before: str
    after: str
    difference: str
    interval: str
    verdict: str
    is_real: bool


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One job area from one view. `why_not`: instead of figures, where the two cannot be compared."""

    title: str
    waves: str
    summary: str
    need_before: str
    need_after: str
    scales: tuple[ScaleLine, ...]
    coverage: str
    why_not: str
    may_be_chance: bool = False
    """The need is another one, though no figure has changed for certain."""


def in_words(found: CaseChange) -> ChangeWords:
    """The change of one person, area and view in the language of the page."""
    earlier, later, change = found.change.earlier, found.change.later, found.change.change
    spoken = language_for(found.definition, language.current())
    texts, wording = found.definition.texts[spoken], Wording(spoken, found.customer, later.person.first_name)
    area = later.job_area.name(language.current()) if later.job_area else ""
    view = gettext(VIEWS[later.perspective])
    waves = gettext("%(earlier)s to %(later)s", earlier=earlier.wave_name, later=later.wave_name)
    title = f"{area}: {view}" if area else view
    if change is None:
        why_not = gettext(WHY_NOT[found.change.reason]) if found.change.reason else ""
        return ChangeWords(title, waves, "", "", "", (), "", why_not)
    return ChangeWords(
        title=title,
        waves=waves,
        summary=_summary(change.scales),
        need_before=_need(texts, wording, change.level_before),
        need_after=_need(texts, wording, change.level_after),
        scales=tuple(_line(one, wording.fill(texts.scales[one.id].name)) for one in change.scales),
        coverage=language.percent(change.coverage),
        why_not="",
        may_be_chance=change.level_before != change.level_after
        and not any(one.verdict == "real" for one in change.scales),
    )


def _summary(scales: tuple[ScaleChange, ...]) -> str:
    """How many really changed; which way is on the person's own page."""
    told = [one for one in scales if one.verdict is not None]
    real = sum(one.verdict == "real" for one in told)
    if not told:
        return gettext("Too little was answered to tell.")
    if not real:
        return gettext("No change that is larger than the error of measurement.")
    if real == len(told):
        return gettext("Every figure has really changed.")
    return ngettext(
        "%(num)s of %(all)s figures has really changed; the others may be noise.",
        "%(num)s of %(all)s figures have really changed; the others may be noise.",
        real,
        all=len(told),
    )


def verdict_of(found: Sequence[CaseChange]) -> str:
    """All changes of a person in a word or two, for a list of people: neither figures nor which way, so that
    nobody can be set against anybody else by them. Real where it is so for all figures together: one of many
    passes by chance. "" where there is no change to tell of."""
    told = [one.change.change for one in found if one.change.change is not None]
    if real_together(told):
        return gettext("Real change")
    if any(scale.verdict for change in told for scale in change.scales):
        return gettext("May be noise")
    return gettext("Cannot be told") if found else ""


def _line(one: ScaleChange, name: str) -> ScaleLine:
    is_real = one.verdict == "real"
    return ScaleLine(
        name=name,
        before=_number(one.before),
        after=_number(one.after),
        difference=_signed(one.difference),
        interval=""
        if one.low is None or one.high is None
        else gettext("%(low)s to %(high)s", low=_signed(one.low), high=_signed(one.high)),
        verdict=gettext("Cannot be told")
        if one.verdict is None
        else gettext("Real change")
        if is_real
        else gettext("May be noise"),
        is_real=is_real,
    )


def _need(texts: Texts, wording: Wording, level: LevelId | None) -> str:
    return wording.fill(texts.levels[level].need) if level is not None and level in texts.levels else ""


def _number(value: float | None) -> str:
    return "–" if value is None else language.number(value)


def _signed(value: float | None) -> str:
    """With its sign and two decimals, as in the brief; a third where else it would look like nought."""
    if value is None:
        return "–"
    size = round(abs(value), 3)
    digits = 2 if round(size, 2) else 3
    return f"{'+' if value > 0 else '−'}{language.number(size, digits)}" if size else language.number(0)
