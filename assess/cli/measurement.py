"""How well a questionnaire measures, from answers files: reliability, agreement, change, norms and more."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, cast

import click

from assess.cli.command import main
from assess.cli.options import FIGURES_FORMAT, LANGUAGE, OUTPUT, PERSPECTIVE, SHORT_FORM
from assess.cli.surroundings import find_definition, read_settings, say

if TYPE_CHECKING:
    from assess.commands.change import MatchedBy
    from assess.commands.figures import FigureFormat
    from assess.commands.measurement import MeasurementFormat
    from assess.measurement.results import Missing
    from questionnaires.definition import LanguageId, PerspectiveId


@main.command()
@click.argument("questionnaire")
@click.argument("answers", type=click.File("rb"))
@PERSPECTIVE
@SHORT_FORM
@click.option(
    "--missing",
    type=click.Choice(["pairwise", "listwise"]),
    default="pairwise",
    show_default=True,
    help="pairwise: covariances over the sheets that answer both items. listwise: over complete ones.",
)
@click.option("--format", "form", type=click.Choice(["json", "table"]), default="json", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, allow_dash=True), default="-", help="Default: screen."
)
def reliability(
    questionnaire: str,
    answers: BinaryIO,
    perspective: PerspectiveId | None,
    short_form: str | None,
    missing: Missing,
    form: MeasurementFormat,
    output: str,
) -> None:
    """Print how reliable each scale is in ANSWERS, with its items: alpha, omega, SEM and more.

    QUESTIONNAIRE is a name from the library or a path to a folder.
    """
    from assess.commands.measurement import reliability_of_answers

    reliability_of_answers(
        find_definition(questionnaire),
        answers,
        output,
        perspective=perspective,
        short_form=short_form,
        missing=missing,
        form=form,
        say=say,
    )


@main.command()
@click.argument("questionnaire")
@click.argument("answers", type=click.File("rb"))
@SHORT_FORM
@FIGURES_FORMAT
@OUTPUT
def agreement(
    questionnaire: str, answers: BinaryIO, short_form: str | None, form: FigureFormat, output: str
) -> None:
    """Print how far several raters of the same people agree in ANSWERS: ICC, kappa, alpha, r_wg.

    Sheets are about the same person when their subject and job area are the same. QUESTIONNAIRE is a name
    from the library or a path to a folder.
    """
    from assess.commands.agreement import agreement_of_answers

    agreement_of_answers(
        find_definition(questionnaire), answers, output, short_form=short_form, form=form, say=say
    )


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="[QUESTIONNAIRE] BEFORE AFTER")
@click.option(
    "--questionnaire",
    default="job-maturity",
    show_default=True,
    help="What the files answer, where QUESTIONNAIRE is left out.",
)
@click.option(
    "--by",
    type=click.Choice(["id", "subject"]),
    default="id",
    show_default=True,
    help="What a person's two sheets have in common; subject: with the job area.",
)
@SHORT_FORM
@FIGURES_FORMAT
@OUTPUT
def change(
    files: tuple[str, ...],
    questionnaire: str,
    by: MatchedBy,
    short_form: str | None,
    form: FigureFormat,
    output: str,
) -> None:
    """Print which changes from the answers file BEFORE to AFTER are more than noise, and how the group moved.

    QUESTIONNAIRE is a name from the library or a path to a folder.
    """
    from assess.commands.change import change_of_answers

    if len(files) not in {2, 3}:
        raise click.UsageError("Name two files: BEFORE and AFTER.")
    context = click.get_current_context()
    before, after = (cast("BinaryIO", click.File("rb").convert(name, None, context)) for name in files[-2:])
    definition = find_definition(files[0] if len(files) == 3 else questionnaire)
    change_of_answers(definition, before, after, output, by=by, short_form=short_form, form=form, say=say)


@main.command()
@click.argument("questionnaire")
@click.argument("answers", type=click.File("rb"))
@PERSPECTIVE
@SHORT_FORM
@click.option(
    "--wave", "waves", multiple=True, help="A finished wave that ANSWERS come from; may be repeated."
)
@click.option("--smooth", is_flag=True, help="Smooth the frequencies first (log-linear); the norms say so.")
@click.option("--seed", default=2026, show_default=True, help="Of the standard errors (bootstrap).")
@FIGURES_FORMAT
@OUTPUT
def norms(
    questionnaire: str,
    answers: BinaryIO,
    perspective: PerspectiveId | None,
    short_form: str | None,
    waves: tuple[str, ...],
    smooth: bool,
    seed: int,
    form: FigureFormat,
    output: str,
) -> None:
    """Print local norms of each scale from at least 200 sheets in ANSWERS: percentile, T, stanine, sten.

    They are for groups: nothing here says where one person stands. QUESTIONNAIRE is a name from the library
    or a path to a folder.
    """
    from datetime import UTC, datetime

    from assess.commands.norms import norms_of_answers

    norms_of_answers(
        find_definition(questionnaire),
        answers,
        output,
        perspective=perspective,
        short_form=short_form,
        waves=waves,
        today=datetime.now(UTC).date(),
        smooth=smooth,
        seed=seed,
        form=form,
        say=say,
    )


@main.command()
@click.argument("questionnaire")
@click.argument("answers", type=click.File("rb"))
@SHORT_FORM
@click.option("--sheets", is_flag=True, help="Also a row for each sheet; never for confidential ones.")
@FIGURES_FORMAT
@OUTPUT
def quality(
    questionnaire: str,
    answers: BinaryIO,
    short_form: str | None,
    sheets: bool,
    form: FigureFormat,
    output: str,
) -> None:
    """Print how carefully ANSWERS were given: runs, variability, consistency, distance, time, and flags.

    QUESTIONNAIRE is a name from the library or a path to a folder. A flag is a reason to ask, not a verdict.
    """
    from assess.commands.quality import quality_of_answers

    quality_of_answers(
        find_definition(questionnaire),
        answers,
        output,
        short_form=short_form,
        sheets=sheets,
        form=form,
        say=say,
    )


@main.command()
@click.argument("questionnaire")
@click.argument("answers", type=click.File("rb"), required=False)
@click.option("--language", type=LANGUAGE, help="Default: the questionnaire's source language.")
@click.option("--organisation", default="", help="Whose answers these are, for the first page.")
@SHORT_FORM
@click.option(
    "--least",
    default=5,
    show_default=True,
    type=click.IntRange(min=4),
    help="People that a group must have before anything is shown of it.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, allow_dash=True), required=True)
def manual(
    questionnaire: str,
    answers: BinaryIO | None,
    language: LanguageId | None,
    organisation: str,
    short_form: str | None,
    least: int,
    output: str,
) -> None:
    """Make the technical manual of a questionnaire as a PDF, from ANSWERS.

    QUESTIONNAIRE is a name from the library or a path to a folder. Only aggregates go into the manual.
    Without ANSWERS, and where there are too few, each chapter says which data it waits for.
    """
    from assess.commands.manual import manual_from_answers
    from assess.commands.output import open_binary_output

    pdf = manual_from_answers(
        find_definition(questionnaire),
        answers,
        language=language,
        organisation=organisation,
        short_form=short_form,
        least=least,
        settings=read_settings(),
        say=say,
    )
    with open_binary_output(output) as stream:
        stream.write(pdf)
    say(f"{output}: {len(pdf):,} bytes.")
