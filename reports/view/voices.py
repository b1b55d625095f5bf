"""The voices of a view, and each one's marks on the scales."""

from __future__ import annotations

from collections.abc import Collection

from assess.scoring.results import Profile, ScaleResult
from reports.view.inputs import Area, find_scale
from reports.view.parts import Mark, MarkShape, ScaleGroup, ScaleRow, Voice
from reports.view.words import Words, voice_label, voice_mention

SHAPES: tuple[MarkShape, ...] = ("disc", "diamond")
"""The report's own voice is the disc; the other is the diamond."""


def answered(profile: Profile) -> tuple[int, int]:
    """How many items of this form were answered, and how many were asked. "Can't say" is no answer."""
    given = profile.given.values()
    return sum(1 for answer in given if answer is not None and answer not in (0, "")), len(given)


def make_voices(area: Area) -> tuple[Voice, ...]:
    """One voice for each profile, the report's own first."""
    voices = []
    for profile, shape, day in zip(area.profiles, SHAPES, area.dates, strict=False):
        done, asked = answered(profile)
        voices.append(
            Voice(
                perspective=profile.perspective,
                label=voice_label(area.words, profile.perspective, area.audience),
                mention=voice_mention(area.words, profile.perspective, area.audience),
                shape=shape,
                answered=area.words.say("{done} of {all}", done=str(done), all=str(asked)),
                date="" if day is None else area.words.day(day),
            )
        )
    return tuple(voices)


def missing_words(words: Words, result: ScaleResult) -> str:
    """Why a scale has no score."""
    return words.say(
        "too few answers: {answered} of {asked}, at least {least} needed",
        answered=str(result.answered),
        asked=str(result.asked),
        least=str(result.min_answered),
    )


def make_mark(area: Area, voice: Voice, profile: Profile, scale_id: str) -> Mark:
    """One voice on one scale, with the reason where there is no score."""
    words = area.words
    result = find_scale(profile, scale_id)
    if result is None or result.score is None:
        reason = words.say("not asked") if result is None else missing_words(words, result)
        return Mark(
            perspective=voice.perspective,
            shape=voice.shape,
            label=voice.label,
            score=None,
            sem=None,
            low=None,
            high=None,
            score_words="\N{EN DASH}",
            interval_words="",
            missing=reason,
        )
    known = result.low is not None and result.high is not None
    return Mark(
        perspective=voice.perspective,
        shape=voice.shape,
        label=voice.label,
        score=result.score,
        sem=result.sem,
        low=result.low,
        high=result.high,
        score_words=words.score(result.score, area.edges(scale_id)),
        interval_words=words.interval(result.low or 0.0, result.high or 0.0) if known else "",
    )


def mark_words(mark: Mark) -> str:
    """A mark in one phrase: who, the score, the interval."""
    if mark.missing:
        return f"{mark.label}: {mark.missing}"
    interval = f" ({mark.interval_words})" if mark.interval_words else ""
    return f"{mark.label} {mark.score_words}{interval}"


def mixed_facets(area: Area, profile: Profile, domain_id: str) -> tuple[str, ...]:
    """The facets whose whole interval lies under the questionnaire's line for mixed domains.

    None where every facet scores under the line: such a domain is low, not mixed.
    """
    classification = area.classification
    if classification is None:
        return ()
    line = classification.mixed_below
    facets = area.definition.questionnaire.scales[domain_id].facets
    found = [r for facet in facets if (r := find_scale(profile, facet)) is not None and r.score is not None]
    if all(result.score is not None and result.score < line for result in found):
        return ()
    return tuple(result.id for result in found if result.high is not None and result.high < line)


def _mixed_words(area: Area, scale_id: str) -> str:
    classification = area.own.classification
    if classification is None or scale_id not in classification.mixed:
        return ""
    facets = mixed_facets(area, area.own, scale_id)
    if not facets:
        return ""
    return area.words.say(
        "Mixed. Clearly low: {facets}. Read each part by itself rather than the average.",
        facets=area.words.scale_listing(facets),
    )


def make_row(area: Area, voices: tuple[Voice, ...], scale_id: str, said: Collection[str]) -> ScaleRow:
    """One scale with the marks of all voices and what its band means to this reader, unless it is `said`."""
    words = area.words
    marks = tuple(make_mark(area, v, p, scale_id) for v, p in zip(voices, area.profiles, strict=True))
    results = (find_scale(profile, scale_id) for profile in area.profiles)
    result = next(r for r in results if r is not None)
    own = find_scale(area.own, scale_id)
    band = own.band if own else None
    texts = words.texts.scales.get(scale_id)
    means = texts.bands.get(band) if texts and band else None
    text = "" if means is None else words.fill(means.talk if area.audience != "subject" else means.self)
    name = words.scale_name(scale_id)
    return ScaleRow(
        id=scale_id,
        name=name,
        about=words.fill(texts.about) if texts else "",
        lo=result.lo,
        hi=result.hi,
        cut=area.cut(scale_id),
        marks=marks,
        band=band,
        band_words=_band_words(words, band),
        text="" if text in said else text,
        finding=f"{name}: {'; '.join(mark_words(mark) for mark in marks)}",
        mixed=_mixed_words(area, scale_id),
        ticks=area.ticks(scale_id),
    )


def _band_words(words: Words, band: str | None) -> str:
    names = {
        "low": words.say("worth working on"),
        "middle": words.say("on the way"),
        "high": words.say("a strength"),
    }
    return names[band] if band else ""


def make_groups(area: Area, voices: tuple[Voice, ...], said: Collection[str]) -> tuple[ScaleGroup, ...]:
    """Domains with their facets, then the scales that stand alone, all in the order of the file.

    `said` are texts that stand in the summary: they are not repeated.
    """
    scales = area.definition.questionnaire.scales
    scored = [s for s in scales if any(find_scale(profile, s) is not None for profile in area.profiles)]
    inside = {facet for scale in scales.values() for facet in scale.facets}
    groups = [
        ScaleGroup(
            domain=make_row(area, voices, domain, said),
            rows=tuple(
                make_row(area, voices, facet, said) for facet in scales[domain].facets if facet in scored
            ),
        )
        for domain in scored
        if scales[domain].facets
    ]
    alone = tuple(
        make_row(area, voices, scale, said)
        for scale in scored
        if not scales[scale].facets and scale not in inside
    )
    return (*groups, ScaleGroup(domain=None, rows=alone)) if alone else tuple(groups)
