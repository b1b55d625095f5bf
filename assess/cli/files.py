"""Commands for files, without a database: check, score, report, match."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from assess.cli.command import main
from assess.cli.options import LANGUAGE, MATURITY_QUESTIONNAIRE, SHORT_FORM
from assess.cli.surroundings import find_definition, own_folders, read_settings, say, say_problems

if TYPE_CHECKING:
    from assess.commands.matching import MatchFormat
    from assess.files.results import Format
    from questionnaires.definition import LanguageId


@main.command()
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--stamp",
    type=LANGUAGE,
    help="Record that this language's texts translate the source texts as they stand now.",
)
def check(folders: tuple[Path, ...], stamp: str | None) -> None:
    """Check FOLDERs of questionnaires and question banks (default: ours and the organisation's own)."""
    from assess.commands.questionnaires import check_folders, stamp_folders
    from questionnaires.library import LIBRARY

    if stamp and not folders:
        raise click.UsageError("--stamp needs the FOLDER whose translation was checked.")
    if stamp:
        stamp_folders(folders, stamp, say)
    problems = check_folders(folders or (LIBRARY, *own_folders()), say, own_folders())
    if problems:
        say_problems(problems)
        raise SystemExit(1)


@main.command()
@click.argument("questionnaire")
@click.argument("answers", type=click.File("rb"))
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "excel", "json"]),
    default="csv",
    show_default=True,
    help="excel: semicolons and decimal commas, as a Danish or Swedish Excel opens it.",
)
@SHORT_FORM
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, allow_dash=True), default="-", help="Default: screen."
)
def score(questionnaire: str, answers: BinaryIO, form: Format, short_form: str | None, output: str) -> None:
    """Score ANSWERS, a CSV file with one row for each answer sheet; - reads standard input.

    QUESTIONNAIRE is a name from the library or a path to a folder.
    """
    from assess.commands.answers import score_answers

    score_answers(find_definition(questionnaire), answers, output, form, short_form, say)


@main.command()
@click.argument("questionnaire")
@click.argument("answers", type=click.File("rb"))
@click.option("--id", "sheet_id", required=True, help="The id of the answer sheet in the file.")
@click.option("--language", type=LANGUAGE, help="Default: the questionnaire's source language.")
@click.option("--name", default="", help="The subject's name in the report. Default: the column subject.")
@SHORT_FORM
@click.option(
    "--maturity",
    type=click.File("rb"),
    help="Leadership style only: the answers file of the people led, for the pages of the match.",
)
@MATURITY_QUESTIONNAIRE
@click.option("-o", "--output", type=click.Path(dir_okay=False, allow_dash=True), required=True)
def report(
    questionnaire: str,
    answers: BinaryIO,
    sheet_id: str,
    language: LanguageId | None,
    name: str,
    short_form: str | None,
    maturity: BinaryIO | None,
    maturity_questionnaire: str,
    output: str,
) -> None:
    """Make the report of one answer sheet as a PDF.

    QUESTIONNAIRE is a name from the library or a path to a folder. Where ANSWERS holds both the person's own
    sheet and the manager's, with the same subject and job area, the two stand side by side. Of situations it
    is the leader's report; direct reports' sheets on the same subject stand in it only as a group.
    """
    from assess.commands.output import open_binary_output
    from assess.commands.reporting import report_from_answers

    pdf = report_from_answers(
        find_definition(questionnaire),
        answers,
        sheet_id,
        language=language,
        name=name,
        short_form=short_form,
        maturity=None if maturity is None else (find_definition(maturity_questionnaire), maturity),
        settings=read_settings(),
        say=say,
    )
    with open_binary_output(output) as stream:
        stream.write(pdf)
    say(f"{output}: {len(pdf):,} bytes.")


@main.command()
@click.argument("style", type=click.File("rb"))
@click.argument("maturity", type=click.File("rb"))
@click.option("--id", "sheet_id", help="The leader's own sheet in STYLE. Default: the only one.")
@click.option(
    "--style-questionnaire",
    default="leadership-style",
    show_default=True,
    help="What STYLE answers: a name from the library or a path to a folder.",
)
@MATURITY_QUESTIONNAIRE
@click.option("--language", type=LANGUAGE, help="Default: the style questionnaire's source language.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "excel", "json"]),
    default="table",
    show_default=True,
    help="table: for people. excel: semicolons and decimal commas. json: with every step of the calculation.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, allow_dash=True), default="-", help="Default: screen."
)
def match(
    style: BinaryIO,
    maturity: BinaryIO,
    sheet_id: str | None,
    style_questionnaire: str,
    maturity_questionnaire: str,
    language: LanguageId | None,
    form: MatchFormat,
    output: str,
) -> None:
    """Show how a leader's styles meet the people led: what is called for, the likely style, what to do.

    STYLE is an answers file with the leader's own sheet, MATURITY one with sheets of the people led, by
    themselves or by the leader. Only what its people share with the leader belongs into MATURITY.
    """
    from assess.commands.matching import match_answers

    match_answers(
        (find_definition(style_questionnaire), style),
        (find_definition(maturity_questionnaire), maturity),
        sheet_id,
        language=language,
        customer=read_settings().customer,
        output=output,
        form=form,
        say=say,
    )
