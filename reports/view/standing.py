"""Where each voice sees the subject, in words of need: clear, between two needs, or not to be said."""

from __future__ import annotations

from assess.scoring.results import ClassificationResult, Profile
from questionnaires.definition import LevelId
from reports.view.inputs import Area, find_scale
from reports.view.parts import Chance, LevelState, Standing, Voice
from reports.view.voices import missing_words
from reports.view.words import Words


def need(words: Words, level: LevelId) -> str:
    """The headline of a level; where the questionnaire's texts are silent, its style."""
    texts = words.texts.levels.get(level)
    return words.fill(texts.need).rstrip(".") if texts else level


def ranked(result: ClassificationResult) -> tuple[LevelId, ...]:
    """Levels by falling probability; equal ones in the order M1…M4."""
    return tuple(sorted(result.probabilities, key=lambda level: (-result.probabilities[level], level)))


def state_of(profile: Profile) -> LevelState:
    """Whether a profile has a level, and how clear it is."""
    result = profile.classification
    if result is None:
        return "none"
    if result.level is None:
        return "missing"
    return "borderline" if result.borderline else "clear"


def make_standing(area: Area, voice: Voice, profile: Profile) -> Standing:
    """One voice's standing with the chance of each level."""
    words = area.words
    state = state_of(profile)
    result = profile.classification
    if result is None or result.level is None:
        return Standing(
            voice=voice,
            state=state,
            level=None,
            headline=words.say("Too few answers for a result")
            if state == "missing"
            else _overall(area, profile),
            needs=(),
            certainty=" ".join(axis_gaps(area, profile)),
            chances=(),
        )
    order = ranked(result)
    chances = tuple(
        Chance(
            level=level,
            need=need(words, level),
            probability=result.probabilities[level],
            words=words.percent(result.probabilities[level]),
        )
        for level in order
    )
    near = chances[: _near(area, chances)] if state == "borderline" else chances[:1]
    needs = tuple(chance.need for chance in near)
    return Standing(
        voice=voice,
        state=state,
        level=result.level,
        headline=_headline(words, needs),
        needs=needs,
        certainty=_certainty(words, near),
        chances=chances,
    )


def _near(area: Area, chances: tuple[Chance, ...]) -> int:
    """How many needs a borderline result stands between: two, or as many as together reach the borderline."""
    enough = area.classification.borderline_below if area.classification else 1.0
    total = 0.0
    for number, chance in enumerate(chances, start=1):
        total += chance.probability
        if number > 1 and total >= enough:
            return number
    return len(chances)


def _headline(words: Words, needs: tuple[str, ...]) -> str:
    if len(needs) == 1:
        return needs[0]
    if len(needs) == 2:
        return words.say("Between two needs: “{first}” and “{second}”", first=needs[0], second=needs[1])
    return words.say("Between several needs, nearest to “{first}”", first=needs[0])


def _certainty(words: Words, near: tuple[Chance, ...]) -> str:
    percents = [chance.words for chance in near]
    if len(near) == 1:
        return words.say(
            "Given these answers and their precision, the chance that this is the nearest need is {percent}.",
            percent=percents[0],
        )
    if len(near) == 2:
        return words.say(
            "The answers are close to a border: {first} for the first, {second} for the "
            "second. That is common.",
            first=percents[0],
            second=percents[1],
        )
    return words.say(
        "The answers are close to both borders, so several needs may fit ({percents}). That is common.",
        percents=words.listing(percents),
    )


def _overall(area: Area, profile: Profile) -> str:
    """The headline without levels: the one score there is, or that there are several to read."""
    words = area.words
    scored = [r for r in profile.scales if r.score is not None]
    if len(profile.scales) == 1 and scored and scored[0].score is not None:
        return words.say(
            "{scale}: {score} on a scale from {lo} to {hi}",
            scale=words.scale_name(scored[0].id),
            score=words.score(scored[0].score, area.edges(scored[0].id)),
            lo=words.whole(scored[0].lo),
            hi=words.whole(scored[0].hi),
        )
    if not scored:
        return words.say("Too few answers for a result")
    return words.say("The answers, scale by scale")


def axis_gaps(area: Area, profile: Profile) -> tuple[str, ...]:
    """A sentence for each axis that keeps a level from being given; none without classification."""
    words = area.words
    classification = area.classification
    if classification is None:
        results = [r for r in profile.scales if r.score is None]
    else:
        axes = (find_scale(profile, scale) for scale in (classification.across, classification.up))
        results = [r for r in axes if r is not None]
    gaps = []
    for result in results:
        name = words.scale_name(result.id)
        if result.score is None:
            gaps.append(f"{name}: {missing_words(words, result)}.")
        elif classification is not None and result.sem is None:
            gaps.append(words.say("{scale}: its precision is not known.", scale=name))
    return tuple(gaps)


def standing_words(standing: Standing) -> str:
    """A standing in one phrase, for the title of a chart."""
    return f"{standing.voice.label}: {standing.headline}"
