"""The summary of a job area: whose view it is, what it means, what to try, and what to bear in mind."""

from __future__ import annotations

from assess.scoring.form import make_form
from questionnaires.definition import LevelId, PerspectiveId
from reports.view.agreement import no_advice, other_view
from reports.view.inputs import Area, find_scale
from reports.view.parts import Advice, Box, Highlight, Standing
from reports.view.standing import axis_gaps
from reports.view.voices import mixed_facets
from reports.view.words import READERS

MOST_STEPS = 3
MOST_QUESTIONS = 6


def kicker(area: Area, standings: tuple[Standing, ...]) -> str:
    """Whose view the headline is."""
    words = area.words
    voice = standings[0].voice
    if voice.perspective == READERS[area.audience]:
        return words.say("As you see it")
    return words.say("As {name} sees it", name=voice.mention)


def meaning(area: Area, standing: Standing) -> str:
    """What the need means, in the questionnaire's words; without a level, why or what was asked.

    Between needs it is what is true of all of them; `readings` has what each would mean.
    """
    words = area.words
    if standing.state == "missing":
        return _gaps(area)
    if standing.level is None:
        return words.fill(words.texts.summary)
    if area.audience != "subject":
        return words.say(
            "The headline names the help that the answers point to. It is a starting point "
            "for the talk with {name}, not a verdict.",
            name=words.wording.first_name,
        )
    if standing.state == "borderline":
        return _between(area, standing)
    return _level_meaning(area, standing.level)


def _between(area: Area, standing: Standing) -> str:
    """What is true of all the needs, and who can settle it."""
    words = area.words
    settle = (
        words.say("The talk can settle which need it is.")
        if area.has_talk
        else words.say("You know best which need it is.")
    )
    return " ".join(part for part in (_in_common(area, standing), settle) if part)


def readings(area: Area, standing: Standing) -> tuple[Box, ...]:
    """Between needs: what each of them would mean, likeliest first. Not for a manager."""
    if standing.state != "borderline" or area.audience != "subject":
        return ()
    near = standing.chances[: len(standing.needs)]
    told = ((chance.need, _level_meaning(area, chance.level)) for chance in near)
    return tuple(Box(title=need, lines=(said,)) for need, said in told if said)


def _level_meaning(area: Area, level: LevelId) -> str:
    texts = area.words.texts.levels.get(level)
    return area.words.fill(texts.meaning) if texts else ""


def _in_common(area: Area, standing: Standing) -> str:
    """Between two needs: the axis on which both lie on the same side, and the one that is not settled."""
    quadrants = area.classification
    if quadrants is None or len(standing.needs) != 2:
        return ""
    words = area.words
    first, second = (quadrants.levels[chance.level] for chance in standing.chances[:2])
    if (first.across == second.across) == (first.up == second.up):
        return ""
    if first.across == second.across:
        side, same, open_axis = first.across, quadrants.across, quadrants.up
    else:
        side, same, open_axis = first.up, quadrants.up, quadrants.across
    values = {"scale": words.scale_name(same), "other": words.scale_mention(open_axis)}
    if side == "high":
        return words.say(
            "True of both: {scale} is high. It is not certain whether {other} is high or low.", **values
        )
    return words.say(
        "True of both: {scale} is low. It is not certain whether {other} is high or low.", **values
    )


def _gaps(area: Area) -> str:
    """Why there is no level; the rest is only praised where there is a rest."""
    gaps = " ".join(axis_gaps(area, area.own))
    if all(result.score is None for result in area.own.scales):
        return gaps
    return area.words.say("{gaps} The parts that have a score still say something.", gaps=gaps)


def steps(area: Area, standing: Standing, next_steps: tuple[Highlight, ...]) -> tuple[str, ...]:
    """At most three: those of the level; between two needs two and one, between several one of each.

    They are written to the subject; a manager reads what to ask about instead.
    """
    if area.audience != "subject":
        return _talk_questions(area, next_steps)
    found: list[str] = []
    shares = {1: (MOST_STEPS,), 2: (MOST_STEPS - 1, 1)}.get(len(standing.needs), (1,) * MOST_STEPS)
    for chance, share in zip(standing.chances, shares, strict=False):
        texts = area.words.texts.levels.get(chance.level)
        found += area.words.fill_all(texts.next if texts else ())[:share]
    return (
        tuple(dict.fromkeys(found))[:MOST_STEPS] or tuple(h.text for h in next_steps if h.text)[:MOST_STEPS]
    )


def _talk_questions(area: Area, next_steps: tuple[Highlight, ...]) -> tuple[str, ...]:
    """What a manager asks: about the lowest facets first, then about the domains."""
    domains = [result.id for result in area.own.scales if area.is_domain(result.id)]
    found = []
    for scale_id in (*(step.scale for step in next_steps), *domains):
        texts = area.words.texts.scales.get(scale_id)
        result = find_scale(area.own, scale_id)
        if texts and result and result.band in texts.bands:
            found.append(area.words.fill(texts.bands[result.band].talk))
    return tuple(dict.fromkeys(found))[:MOST_STEPS]


def notes(area: Area, standings: tuple[Standing, ...]) -> tuple[str, ...]:
    """What a reader must know before the headline: the border, a mixed domain, the other view."""
    words = area.words
    own = standings[0]
    said = [own.certainty] if own.state in ("borderline", "clear") else []
    result = area.own.classification
    for domain in result.mixed if result else ():
        facets = mixed_facets(area, area.own, domain)
        if facets:
            said.append(
                words.say(
                    "{domain} is mixed. Clearly low: {facets}.",
                    domain=words.scale_name(domain),
                    facets=words.scale_listing(facets),
                )
            )
    if len(standings) > 1:
        said.append(_other_view(area, standings))
    return tuple(said)


def _other_view(area: Area, standings: tuple[Standing, ...]) -> str:
    words = area.words
    own, other = standings
    if own.state == "none":
        if area.definition.questionnaire.by_job_area:
            return words.say("There are two views of this job area; they stand side by side further on.")
        return words.say("There are two views; they stand side by side further on.")
    return other_view(area, own, other)


def questions(area: Area, standing: Standing) -> tuple[str, ...]:
    """For the subject to ask; at a border those of both needs in turn."""
    words = area.words
    near = standing.chances[: len(standing.needs)]
    lists = [
        words.fill_all(texts.questions)
        for chance in near
        if (texts := words.texts.levels.get(chance.level)) is not None
    ]
    longest = max((len(found) for found in lists), default=0)
    turn = [found[i] for i in range(longest) for found in lists if i < len(found)]
    return tuple(dict.fromkeys(turn))[:MOST_QUESTIONS]


def advice(area: Area, standings: tuple[Standing, ...]) -> Advice | None:
    """What helps, only where both perspectives agree enough on the need; else why there is none.

    Nothing is said of advice where it could never come: both sides must be able to have a level.
    """
    words = area.words
    if not _can_agree(area):
        return None
    title = words.say("Advice on leadership style")
    if len(standings) < 2 or area.comparison is None:
        reason = words.say(
            "One view alone is too little to build advice on. Advice appears when both have "
            "answered and agree closely enough."
        )
        return Advice(given=False, title=title, lines=(reason,))
    own, other = standings
    if not area.comparison.advice_allowed or not own.chances or not other.chances:
        return Advice(given=False, title=title, lines=(no_advice(area, own, other),))
    theirs = {chance.level: chance.probability for chance in other.chances}
    shared = max(own.chances, key=lambda chance: chance.probability * theirs[chance.level])
    texts = words.texts.levels.get(shared.level)
    return Advice(
        given=True,
        title=words.say("You agree on the need: “{need}”. This helps:", need=shared.need),
        lines=words.fill_all(texts.advice if texts else ()),
    )


def _can_agree(area: Area) -> bool:
    """Whether both self and manager are asked enough for a level."""
    questionnaire = area.definition.questionnaire
    quadrants = area.classification
    sides: tuple[PerspectiveId, ...] = ("self", "manager")
    if quadrants is None or not area.has_talk or area.own.perspective not in sides:
        return False
    forms = [make_form(questionnaire, side) for side in sides if side in questionnaire.perspectives]
    axes = (quadrants.across, quadrants.up)
    return len(forms) == len(sides) and all(form.scale_row(a) is not None for form in forms for a in axes)
