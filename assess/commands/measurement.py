"""`assess reliability`: how well a questionnaire measures, from an answers file."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, Literal, TypeAlias

import msgspec

from assess.commands.answers import open_answers
from assess.commands.output import open_output
from assess.commands.reliability_table import write_table
from assess.disclosure.thresholds import DISTRIBUTION_GROUP
from assess.errors import AssessError
from assess.files.answers_file import AnswersFile, Group
from assess.measurement.reliability import reliability
from assess.measurement.results import Missing, Reliability
from assess.measurement.withholding import TooFewSheets, withhold
from questionnaires.definition import Definition, PerspectiveId
from questionnaires.naming import counted

MeasurementFormat: TypeAlias = Literal["json", "table"]
Say: TypeAlias = Callable[[str], None]


def reliability_of_answers(
    definition: Definition,
    answers: BinaryIO,
    output: str,
    *,
    perspective: PerspectiveId | None,
    short_form: str | None,
    missing: Missing,
    form: MeasurementFormat,
    say: Say,
) -> None:
    """Writes the reliability of every scale to the file `output`, or to standard output for `-`.

    Raises `BadInput` for a wrong file; `AssessError` for a questionnaire without scales, a perspective or
    short form that is not in the file, and confidential sheets that are fewer than a group.
    """
    questionnaire = definition.questionnaire
    if not questionnaire.scales:
        raise AssessError(
            f"{questionnaire.id} has no scales of rated items, so there is no reliability of this kind.",
            "What it counts compares choices within a person.",
        )
    file = open_answers(definition, answers, short_form)
    group = chosen_group(file, perspective, short_form, say)
    document = reliability(questionnaire, group.form, group.matrix, missing=missing)
    if questionnaire.privacy_of(group.perspective) == "confidential":
        document = _withheld(document)
    with open_output(output) as stream:
        if form == "table":
            write_table(document, stream)
        else:
            stream.write(msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n")


def chosen_group(
    file: AnswersFile, perspective: PerspectiveId | None, short_form: str | None, say: Say
) -> Group:
    """The sheets of one perspective and form: self, or the only perspective there is; the full form where
    that was asked, unless `short_form` is given. `say` gets what is left out."""
    groups = file.groups()
    chosen = _perspective(groups, perspective, file.name)
    forms = {group.short_form: group for group in groups if group.perspective == chosen}
    if short_form is None and None not in forms and len(forms) > 1:
        raise AssessError(
            f"{file.name} has the short forms {', '.join(sorted(filter(None, forms)))}.",
            "Say with --short-form which is meant.",
        )
    wanted = short_form if short_form is not None or None in forms else next(iter(forms))
    if wanted not in forms:
        raise AssessError(f"{file.name} has no sheet of the short form {wanted}.")
    group = forms[wanted]
    if left_out := len(file) - len(group.rows):
        say(f"Left out: {counted(left_out, 'sheet')} of other perspectives or forms.")
    return group


def _perspective(groups: tuple[Group, ...], wanted: PerspectiveId | None, name: str) -> PerspectiveId:
    found = list(dict.fromkeys(group.perspective for group in groups))
    if wanted is not None:
        if wanted not in found:
            raise AssessError(f"{name} has no sheet of the perspective {wanted}.")
        return wanted
    if "self" in found:
        return "self"
    if len(found) > 1:
        raise AssessError(
            f"{name} has sheets of {' and '.join(found)}.", "Say with --perspective which are meant."
        )
    return found[0]


def _withheld(document: Reliability) -> Reliability:
    try:
        return withhold(document, DISTRIBUTION_GROUP)
    except TooFewSheets as error:
        raise AssessError(
            f"These sheets are confidential: figures are shown from {DISTRIBUTION_GROUP} sheets on, "
            "and here are fewer."
        ) from error
