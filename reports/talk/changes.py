"""What has changed since the wave before, as each voice sees it, with the verdict of the reliable change."""

from __future__ import annotations

from assess.measurement.profile_change import ScaleChange
from assess.profiles_seen.types import AreaChange
from assess.talks.brief_types import BriefArea
from reports.talk.parts import ChangePart, ChangeRow, Verdict, ViewOfChange
from reports.view.parts import Voice
from reports.view.words import Words

_VERDICTS: dict[str | None, Verdict] = {"real": "real", "may-be-noise": "may-be-noise", None: "unknown"}


def change_part(found: BriefArea, voices: tuple[Voice, ...], words: Words) -> ChangePart | None:
    """The changes of the voices that have one to tell of; None where there was no wave before."""
    told = [(voice, change) for voice in voices if (change := change_of(found, voice)) is not None]
    if not told:
        return None
    rows = _rows(words, found, told)
    return ChangePart(
        title=words.say("Since {wave}", wave=words.listing(_waves(told))),
        findings=tuple(line for voice, change in told for line in _findings(words, found, voice, change)),
        voices=tuple(voice.label for voice, change in told if change.change is not None),
        rows=tuple(row for row in rows if _is_shown(row)),
        rest=_rest(words, rows),
        rule=words.say(
            "A change is real where it is larger than the errors of both measurements together ({percent} "
            "interval). For one part that takes about one whole point; anything smaller may be noise.",
            percent=words.near_percent(found.definition.questionnaire.interval),
        ),
    )


def change_of(found: BriefArea, voice: Voice) -> AreaChange | None:
    """The change of one voice's profile, where there is one to tell of."""
    return next((change for view, change in found.changes.items() if view == voice.perspective), None)


def _waves(told: list[tuple[Voice, AreaChange]]) -> list[str]:
    return list(dict.fromkeys(change.earlier.wave_name for _, change in told))


def _findings(words: Words, found: BriefArea, voice: Voice, change: AreaChange) -> list[str]:
    """A sentence for what is real in each direction, parts before domains as the table has them; one where
    nothing is, and one where none can be told."""
    if change.change is None:
        if change.reason == "another-manager":
            return [
                words.say(
                    "{label}: somebody else gave the rating last time, so the two are not set against each "
                    "other.",
                    label=voice.label,
                )
            ]
        return [
            words.say(
                "{label}: the two waves cannot be compared, because different questions were asked.",
                label=voice.label,
            )
        ]
    scales = found.definition.questionnaire.scales
    real = sorted(
        (one for one in change.change.scales if one.verdict == "real"),
        key=lambda one: bool(scales[one.id].facets),
    )
    said = []
    for sign in (1, -1):
        moved = [one.id for one in real if (one.difference or 0.0) * sign > 0]
        if moved:
            said.append(_moved(words, voice, moved, sign))
    if not said:
        said.append(
            words.say("{label}: no change that is larger than chance would explain.", label=voice.label)
        )
    return said


def _moved(words: Words, voice: Voice, scales: list[str], sign: int) -> str:
    names = words.listing([words.scale_mention(scale) for scale in scales])
    if sign > 0:
        return words.say(
            "{label}: {scales} higher than last time. That is a real change.", label=voice.label, scales=names
        )
    return words.say(
        "{label}: {scales} lower than last time. That is a real change.", label=voice.label, scales=names
    )


def _rows(words: Words, found: BriefArea, told: list[tuple[Voice, AreaChange]]) -> tuple[ChangeRow, ...]:
    """Every scale that some voice has on both occasions, in the order of the questionnaire."""
    changes = [
        {one.id: one for one in change.change.scales} for _, change in told if change.change is not None
    ]
    rows = []
    for scale, definition in found.definition.questionnaire.scales.items():
        views = tuple(_view(words, by_scale.get(scale)) for by_scale in changes)
        if any(view is not None for view in views):
            rows.append(ChangeRow(scale, words.scale_name(scale), bool(definition.facets), views))
    return tuple(rows)


def _is_shown(row: ChangeRow) -> bool:
    return row.is_domain or any(view is not None and view.verdict == "real" for view in row.views)


def _rest(words: Words, rows: tuple[ChangeRow, ...]) -> str:
    """The scales whose numbers are left out, because what moved there may be noise."""
    left = [words.scale_mention(row.scale) for row in rows if not _is_shown(row)]
    if not left:
        return ""
    return words.say("What moved elsewhere may be noise: {scales}.", scales=words.listing(left))


def _view(words: Words, one: ScaleChange | None) -> ViewOfChange | None:
    if one is None or one.before is None or one.after is None or one.difference is None:
        return None
    verdict = _VERDICTS[one.verdict]
    known = one.low is not None and one.high is not None
    return ViewOfChange(
        before=words.two(one.before),
        after=words.two(one.after),
        difference=words.difference(one.after, one.before),
        interval=words.say(
            "{low} to {high}", low=words.signed(one.low or 0.0), high=words.signed(one.high or 0.0)
        )
        if known
        else "",
        verdict=verdict,
        verdict_words={
            "real": words.say("real"),
            "may-be-noise": words.say("may be noise"),
            "unknown": words.say("not known"),
        }[verdict],
    )
