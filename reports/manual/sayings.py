"""Words that several chapters share: who rated, why a figure is missing, numbers as a table has them."""

from __future__ import annotations

from dataclasses import dataclass

from assess.scoring.form import Form
from questionnaires.definition import Definition, PerspectiveId
from reports.manual.blocks import Row, Table
from reports.manual.evidence import Evidence, GroupEvidence
from reports.view.words import Words

DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Manual:
    """What every chapter is written from."""

    definition: Definition
    words: Words
    evidence: Evidence

    def number(self, value: float | None) -> str:
        """Two decimals, or a dash for what is not known."""
        return DASH if value is None else self.words.two(value)

    def limits(self, ends: tuple[float, float] | None) -> str:
        """An interval with two decimals."""
        if ends is None:
            return DASH
        low, high = (self.words.two(end) for end in ends)
        return f"{low}{DASH}{high}" if ends[0] >= 0 else self.words.say("{low} to {high}", low=low, high=high)

    def share(self, value: float | None) -> str:
        """A share that was counted, in whole percent."""
        return DASH if value is None else self.words.near_percent(value)

    def whole(self, value: int) -> str:
        """A count, with its thousands set apart."""
        return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}" if self.words.language != "en" else ",")

    def group(self, group: GroupEvidence) -> str:
        """Which sheets: the perspective, and the short form if it is one."""
        return self.form(group.form)

    def form(self, form: Form) -> str:
        """What the sheets of a form are called."""
        name = rating(self.words, form.perspective)
        if form.short_form is None:
            return name
        return self.words.say("{rating}, short form “{form}”", rating=name, form=form.short_form)

    def missing(self, reason: str | None) -> str:
        """Why a figure is not given, as a note below a table."""
        return "" if reason is None else reasons(self.words).get(reason, reason)


def rating(words: Words, perspective: PerspectiveId) -> str:
    """What the sheets of a perspective are called."""
    return {
        "self": words.say("Self-rating"),
        "manager": words.say("Manager’s rating"),
        "direct-report": words.say("Direct reports’ rating"),
    }[perspective]


def reasons(words: Words) -> dict[str, str]:
    """Why figures are missing, by the ids that `assess/measurement/` gives."""
    return {
        "no-answers": words.say("nobody has answered"),
        "no-scores": words.say("nobody has answered enough for a score"),
        "n-under-2": words.say("too few answers"),
        "n-under-10": words.say("fewer than ten answers"),
        "pairs-under-10": words.say("two of the items were answered together by fewer than ten"),
        "single-item": words.say("a single item has no reliability of this kind"),
        "fewer-than-3-items": words.say("needs at least three items"),
        "not-2-items": words.say("only for scales with two items"),
        "constant-item": words.say("everyone gave the same answer to one item"),
        "variance-not-positive": words.say("the scores do not vary"),
        "matrix-not-possible": words.say("the pairwise covariances contradict each other"),
        "negative-alpha": words.say("alpha is negative"),
        "heywood-case": words.say("the factor fits one item impossibly well (Heywood case)"),
        "not-converged": words.say("the factor could not be found"),
        "resamples-undefined": words.say("too many resamples have no alpha"),
        "situations": words.say("choices between actions have no order to compare"),
        "fewer-than-5-scales": words.say("needs at least five scales"),
        "fewer-than-3-pairs": words.say("too few pairs of items with alike answers"),
        "fewer-than-30-sheets": words.say("needs at least 30 sheets"),
        "too-few-sheets-for-the-items": words.say("needs more than two sheets for each item"),
        "covariance-singular": words.say("the items depend on each other completely"),
        "no-seconds": words.say("the time used is not known"),
        "too-few-answers": words.say("too few answers"),
        "n-under-200": words.say("needs at least 200 sheets"),
        "no-variation": words.say("the scores do not vary"),
        "fewer-than-2-kinds": words.say("only one kind of sign is known"),
        "no-precision": words.say("no reliability is known"),
        "no-error": words.say("the reliability is 1"),
        "no-true-variance": words.say("the reliability is 0"),
        "model-does-not-fit": words.say("no beta distribution fits the scores"),
        "n-under-300": words.say("needs at least 300 sheets"),
        "too-few-to-show": words.say("answered by fewer than ten"),
        "told-by-groups": words.say("told from 100 sheets on"),
        "no-common-scores": words.say("the groups have no scores in common"),
    }


def used_rows(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows without group heads that have nothing under them."""
    return tuple(
        row
        for place, row in enumerate(rows)
        if not row.group or (place + 1 < len(rows) and not rows[place + 1].group)
    )


def table_or_nothing(table: Table) -> tuple[Table, ...]:
    """The table, unless it has no rows."""
    return (table,) if used_rows(table.rows) else ()


def sentence(text: str) -> str:
    """With a capital first, as a text whose placeholder stands first may need it."""
    return text[:1].upper() + text[1:]
