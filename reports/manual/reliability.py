"""Reliability: every scale with its interval, every item with what it adds, what to do about weak ones."""

from __future__ import annotations

from assess.measurement.results import ItemAnalysis, Reliability, ScaleReliability
from reports.manual.apart import where_answers_lie
from reports.manual.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Paragraph,
    Remark,
    Row,
    Strip,
    Table,
    Waiting,
)
from reports.manual.draft import Draft
from reports.manual.evidence import LEAST_FOR_DISTRIBUTION
from reports.manual.items import item_words
from reports.manual.sayings import DASH, Manual, used_rows

ADEQUATE, GOOD, EXCELLENT = 0.70, 0.80, 0.90
"""The levels of the EFPA review model, version 4.2.6."""
WEAK_REST = 0.30
"""Under it an item shares little with the rest of its scale (rule of thumb)."""
WEAK_LOADING = 0.40
ALPHA_GAIN = 0.01
"""An item is weak where alpha would rise by more than this without it."""


def reliability(manual: Manual) -> Draft:
    """Tables of every measured group."""
    words = manual.words
    title = words.say("Reliability")
    groups = [
        (group, found) for group in manual.evidence.measured if (found := group.reliability) is not None
    ]
    if not groups:
        return Draft(title=title, state="waiting", blocks=(_lead(manual), _waiting(manual)))
    blocks: list[Block] = [_lead(manual), Bullets(lines=_how(manual, groups[0][1]))]
    for group, found in groups:
        blocks += [
            Heading(text=words.say("Scales: {sheets}", sheets=manual.group(group))),
            _scale_table(manual, found),
            *_why_missing(manual, found),
        ]
    for group, found in groups:
        blocks += [
            Heading(text=words.say("Items: {sheets}", sheets=manual.group(group))),
            _item_table(manual, found),
            *([where_answers_lie(manual)] if group.group.kept else []),
            *_weak(manual, found, group.group.kept.step if group.group.kept else 0.0),
        ]
    return Draft(title=title, state="measured", blocks=tuple(blocks), finding=_finding(manual, groups[0][1]))


def _lead(manual: Manual) -> Paragraph:
    return Paragraph(
        text=manual.words.say(
            "Reliability says how much of the differences between scores would come back if other, equally "
            "good items had been asked. It does not say that the scale measures what its name says."
        ),
        kind="lead",
    )


def _waiting(manual: Manual) -> Waiting:
    words = manual.words
    return Waiting(
        text=words.say(
            "No reliability has been measured yet. Reports use the provisional figures of the file, and say "
            "so."
        ),
        needs=words.say(
            "Waits for: {least} people of one perspective for a first figure, 100 for a precision record of "
            "one’s own.",
            least=str(LEAST_FOR_DISTRIBUTION),
        ),
    )


def _how(manual: Manual, found: Reliability) -> tuple[str, ...]:
    words = manual.words
    return (
        words.say(
            "Alpha is Cronbach’s, from covariances of the sheets that answer both items of a pair, "
            "reverse-keyed items turned first. The interval ({percent}) is Feldt’s. Alpha is a lower bound "
            "where errors are independent; it says nothing about whether there is one dimension.",
            percent=words.percent(found.interval),
        )
        if found.missing == "pairwise"
        else words.say(
            "Alpha is Cronbach’s, from the sheets that answer the whole scale, reverse-keyed items turned "
            "first. The interval ({percent}) is Feldt’s.",
            percent=words.percent(found.interval),
        ),
        words.say(
            "Omega is McDonald’s omega total of one factor (minimum residual, standardised items, the "
            "model’s own denominator)."
        ),
        words.say(
            "The EFPA review model (4.2.6) calls a reliability under 0.70 inadequate, from 0.70 adequate, "
            "from 0.80 good and from 0.90 excellent. A scale of four items seldom reaches 0.80."
        ),
        words.say(
            "When one person rates another, a general impression raises alpha without making the rating "
            "truer."
        ),
    )


def _scale_table(manual: Manual, found: Reliability) -> Table:
    words = manual.words
    return Table(
        title="",
        columns=(
            Column(label=words.say("Scale")),
            Column(label=words.say("Items"), kind="number", width=13),
            Column(label="n", kind="number", width=14),
            Column(label="α", kind="number", width=12),
            Column(label=words.say("Interval"), kind="number", width=22),
            Column(label="", kind="strip", width=36, ticks=_ticks(manual)),
            Column(label="ω", kind="number", width=12),
            Column(label=words.say("Mean r"), kind="number", width=13),
            Column(label="SEM", kind="number", width=13),
        ),
        rows=tuple(_scale_row(manual, scale) for scale in found.scales),
        note=words.say(
            "Dashed lines: 0.70, 0.80 and 0.90. n: sheets behind alpha. Mean r: the average correlation "
            "between items. SEM: standard error of measurement in score units, SD·√(1 − α). Of two items, α "
            "is the Spearman–Brown figure."
        ),
        small=True,
    )


def _ticks(manual: Manual) -> tuple[tuple[float, str], ...]:
    return tuple((place, manual.words.whole(place)) for place in (0.4, 0.6, 0.8, 1.0))


def _scale_row(manual: Manual, scale: ScaleReliability) -> Row:
    words = manual.words
    name = words.scale_name(scale.id)
    shown = scale.alpha if scale.alpha is not None else scale.spearman_brown
    ends = scale.alpha_interval
    return Row(
        head=name,
        cells=(
            str(scale.n_items),
            manual.whole(scale.n_used),
            manual.number(shown),
            manual.limits(ends),
            manual.number(scale.omega_total),
            manual.number(scale.average_r),
            manual.number(scale.sem),
        ),
        strip=Strip(
            finding=f"{name}: {manual.number(shown)} ({manual.limits(ends)})",
            lo=0.4,
            hi=1.0,
            value=shown,
            low=None if ends is None else ends[0],
            high=None if ends is None else ends[1],
            lines=(ADEQUATE, GOOD, EXCELLENT),
        ),
    )


def _why_missing(manual: Manual, found: Reliability) -> list[Block]:
    """What is not known and why, in a line for each scale."""
    words = manual.words
    lines = []
    for scale in found.scales:
        reasons = {
            manual.missing(reason)
            for name, reason in scale.reasons.items()
            if name in ("alpha", "omega_total", "sem", "alpha_interval") and reason != "fewer-than-3-items"
        }
        if reasons:
            lines.append(f"{words.scale_name(scale.id)}: {'; '.join(sorted(reasons))}.")
    return [Remark(title=words.say("Figures that are not known"), lines=tuple(lines))] if lines else []


# --- the items -------------------------------------------------------------------------------------


def _item_table(manual: Manual, found: Reliability) -> Table:
    words = manual.words
    labels = (
        ("n", 14.0),
        (words.say("Mean"), 14.0),
        ("SD", 13.0),
        (words.say("Missing"), 18.0),
        (words.say("Item–rest r"), 20.0),
        (words.say("α without it"), 20.0),
        (words.say("Loading"), 19.0),
    )
    rows: list[Row] = []
    for scale in found.scales:
        if scale.is_domain:
            continue
        rows.append(Row(head=manual.words.scale_name(scale.id), group=True))
        rows += [_item_row(manual, item) for item in scale.items]
    return Table(
        title="",
        columns=(
            Column(label=words.say("Item")),
            *(Column(label=label, kind="number", width=width) for label, width in labels),
        ),
        rows=used_rows(tuple(rows)),
        note=words.say(
            "Means after turning reverse-keyed items (↔). Item–rest r: correlation with the sum of the "
            "scale’s other items. Loading: on the scale’s one factor."
        ),
        small=True,
    )


def _item_row(manual: Manual, item: ItemAnalysis) -> Row:
    asked = item.n + item.missing
    return Row(
        head=f"{item.id} \N{LEFT RIGHT ARROW}" if item.reversed else item.id,
        cells=(
            manual.whole(item.n),
            manual.number(item.mean),
            manual.number(item.sd),
            manual.share(item.missing / asked) if asked else DASH,
            manual.number(item.item_rest_r),
            manual.number(item.alpha_if_dropped),
            manual.number(item.loading),
        ),
    )


def _weak(manual: Manual, found: Reliability, step: float) -> list[Block]:
    """`step`: what the figures were rounded to; a gain of no more may be nothing but rounding."""
    words = manual.words
    lines = [
        said
        for scale in found.scales
        if not scale.is_domain
        for item in scale.items
        if (said := _weakness(manual, scale, item, max(ALPHA_GAIN, step + 1e-6)))
    ]
    title = words.say("Weak items, and what to do about them")
    if not lines:
        return [Remark(title=title, lines=(words.say("No item stands out as weak."),))]
    advice = words.say(
        "Do not drop an item on these figures alone: a scale of three measures worse and means something "
        "else. Ask five people how they read the item. Reword it in the next version if they read it in "
        "another way than meant. Look again after the next wave."
    )
    return [Remark(title=title, lines=(*lines, advice))]


def _weakness(manual: Manual, scale: ScaleReliability, item: ItemAnalysis, least_gain: float) -> str:
    """What is weak about an item, with its words; "" for nothing."""
    words = manual.words
    found = []
    if item.item_rest_r is not None and item.item_rest_r < WEAK_REST:
        found.append(words.say("item–rest r {value}", value=words.two(item.item_rest_r)))
    if item.loading is not None and item.loading < WEAK_LOADING:
        found.append(words.say("loading {value}", value=words.two(item.loading)))
    if scale.alpha is not None and item.alpha_if_dropped is not None:
        gain = item.alpha_if_dropped - scale.alpha
        if gain > least_gain:
            found.append(words.say("alpha would rise by {value} without it", value=words.two(gain)))
    if not found:
        return ""
    return words.say(
        "{item} ({scale}) {text} {signs}.",
        item=item.id,
        scale=words.scale_mention(scale.id),
        text=words.quoted(item_words(words, item.id)),
        signs=", ".join(found),
    )


def _finding(manual: Manual, found: Reliability) -> str:
    alphas = [scale.alpha for scale in found.scales if scale.alpha is not None]
    if not alphas:
        return ""
    words = manual.words
    return words.say(
        "Reliability (alpha) of the scales here: {low} to {high}, on {n} sheets.",
        low=words.two(min(alphas)),
        high=words.two(max(alphas)),
        n=manual.whole(found.n),
    )
