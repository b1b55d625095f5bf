"""The `assess` command. Each command imports the rooms that it needs when it runs, so that help is instant.

Results go to standard output, messages to standard error. Exit status 0, 1 (the input is wrong),
2 (the call is wrong).
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

import assess

if TYPE_CHECKING:
    from datetime import datetime

    from assess.commands.change import MatchedBy
    from assess.commands.figures import FigureFormat
    from assess.commands.matching import MatchFormat
    from assess.commands.measurement import MeasurementFormat
    from assess.files.results import Format
    from assess.measurement.results import Missing
    from assess.settings import Settings
    from questionnaires.definition import Definition, LanguageId, PerspectiveId
    from questionnaires.problem import Problem

LANGUAGE = click.Choice(["da", "sv", "en"])
SHORT_FORM = click.option(
    "--short-form", help="The short form of every sheet whose row names none in the column form."
)
PERSPECTIVE = click.option(
    "--perspective",
    type=click.Choice(["self", "manager", "direct-report"]),
    help="Whose sheets. Default: self, or the only perspective that the file has.",
)
FIGURES_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["json", "table"]),
    default="json",
    show_default=True,
    help="json: every figure, not rounded. table: for people.",
)
OUTPUT = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, allow_dash=True), default="-", help="Default: screen."
)
MATURITY_QUESTIONNAIRE = click.option(
    "--maturity-questionnaire",
    default="job-maturity",
    show_default=True,
    help="What MATURITY answers: a name from the library or a path to a folder.",
)


class _Commands(click.Group):
    """Turns our own errors, and files and outputs that fail, into a message and exit status 1; a traceback
    is for bugs only."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            _say_what_failed(error)
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        from assess.errors import AssessError, BadInput

        try:
            return super().invoke(ctx)
        except BadInput as error:
            _say_problems(error.problems, error.count)
        except AssessError as error:
            click.echo(f"assess: {error}", err=True)
        return ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(assess.__version__, prog_name="assess")
def main() -> None:
    """Job maturity and leadership style: check, score, report, serve."""
    import assess.one_thread  # noqa: F401 (before any command imports NumPy)


# --- files, without a database ---------------------------------------------------------------------


@main.command()
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--stamp",
    type=LANGUAGE,
    help="Record that this language's texts translate the source texts as they stand now.",
)
def check(folders: tuple[Path, ...], stamp: str | None) -> None:
    """Check questionnaire FOLDERs (default: the library and the organisation's own)."""
    from assess.commands.questionnaires import check_folders, stamp_folders
    from questionnaires.library import LIBRARY

    if stamp and not folders:
        raise click.UsageError("--stamp needs the FOLDER whose translation was checked.")
    if stamp:
        stamp_folders(folders, stamp, _say)
    problems = check_folders(folders or (LIBRARY, *_own_folders()), _say)
    if problems:
        _say_problems(problems)
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

    score_answers(_definition(questionnaire), answers, output, form, short_form, _say)


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
        _definition(questionnaire),
        answers,
        sheet_id,
        language=language,
        name=name,
        short_form=short_form,
        maturity=None if maturity is None else (_definition(maturity_questionnaire), maturity),
        settings=_settings(),
        say=_say,
    )
    with open_binary_output(output) as stream:
        stream.write(pdf)
    _say(f"{output}: {len(pdf):,} bytes.")


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
        (_definition(style_questionnaire), style),
        (_definition(maturity_questionnaire), maturity),
        sheet_id,
        language=language,
        customer=_settings().customer,
        output=output,
        form=form,
        say=_say,
    )


# --- how well it measures --------------------------------------------------------------------------


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
        _definition(questionnaire),
        answers,
        output,
        perspective=perspective,
        short_form=short_form,
        missing=missing,
        form=form,
        say=_say,
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
        _definition(questionnaire), answers, output, short_form=short_form, form=form, say=_say
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
    definition = _definition(files[0] if len(files) == 3 else questionnaire)
    change_of_answers(definition, before, after, output, by=by, short_form=short_form, form=form, say=_say)


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
        _definition(questionnaire),
        answers,
        output,
        perspective=perspective,
        short_form=short_form,
        waves=waves,
        today=datetime.now(UTC).date(),
        smooth=smooth,
        seed=seed,
        form=form,
        say=_say,
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
        _definition(questionnaire),
        answers,
        output,
        short_form=short_form,
        sheets=sheets,
        form=form,
        say=_say,
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
        _definition(questionnaire),
        answers,
        language=language,
        organisation=organisation,
        short_form=short_form,
        least=least,
        settings=_settings(),
        say=_say,
    )
    with open_binary_output(output) as stream:
        stream.write(pdf)
    _say(f"{output}: {len(pdf):,} bytes.")


# --- the service -----------------------------------------------------------------------------------


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-demo", is_flag=True, help="Do not fill an empty database with the demo organisation.")
def run(host: str, port: int, no_demo: bool) -> None:
    """Everything at once: migrate, demo organisation in an empty database, server and worker."""
    from assess.commands.service import run_all

    raise SystemExit(run_all(host, port, demo_organisation=not no_demo, say=_say, out=click.echo))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, help="Server processes.")
@click.option("--threads", default=8, show_default=True, help="Threads in each.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the pages with gunicorn."""
    from assess.web.server import run as run_server

    run_server(_settings(), host=host, port=port, workers=workers, threads=threads)


@main.command()
def work() -> None:
    """Do background work until stopped."""
    from assess.jobs import run_worker

    run_worker(_settings())


@main.command()
def status() -> None:
    """Say whether database, worker, mail and jobs are well; exit status 1 when one of them is not."""
    from assess.commands.status import print_status

    if not print_status(_settings(), _now(), click.echo):
        raise SystemExit(1)


@main.command()
@click.option("--again", is_flag=True, help="Try every job that failed once more.")
def jobs(again: bool) -> None:
    """List background jobs that failed, with the reason."""
    from assess.commands.service import list_failed_jobs, try_failed_jobs_again

    if again:
        try_failed_jobs_again(_settings(), _say)
    list_failed_jobs(_settings(), click.echo)


@main.command()
@click.option("--again", is_flag=True, help="Try every letter that failed or bounced once more.")
def mail(again: bool) -> None:
    """List letters that wait after a failure, have failed or bounced; nobody is named."""
    from assess.commands.mail import list_letters, try_all_again

    if again:
        try_all_again(_settings(), _say)
    list_letters(_settings(), click.echo)


@main.command()
def migrate() -> None:
    """Bring the database to this version; safe to repeat."""
    from assess.store import migrate as migrate_store

    migrate_store(_settings())
    _say("The database is up to date.")


@main.command()
@click.option("--seed", default=2026, show_default=True, help="The same seed gives the same answers.")
@click.option("--links", is_flag=True, help="Only print fresh links into a demo that is already there.")
def demo(seed: int, links: bool) -> None:
    """Fill an empty database with a fictional bakery chain."""
    from assess.commands.service import make_demo

    make_demo(_settings(), seed, only_links=links, say=_say, out=click.echo)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace FILE when it is there already.")
def backup(file: Path, force: bool) -> None:
    """Copy the database to FILE, consistently, while the server runs."""
    from assess.backup import backup as make_backup

    make_backup(_settings(), file, force=force)
    _say(f"{file}: {file.stat().st_size:,} bytes.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace the database that is there.")
def restore(file: Path, force: bool) -> None:
    """Make the back-up FILE the database. Stop server and worker first.

    Whoever was erased since it was made is erased again; everybody is signed out; letters that it holds are
    not sent by themselves.
    """
    from assess.restore import restore as put_back

    settings = _settings()
    done = put_back(settings, file, _now(), force=force)
    _say(f"The database is that of {file}.")
    if done.migrations:
        _say(f"Brought up to date: {', '.join(done.migrations)}.")
    _say(f"Erased again: {done.erased}. Letters held back: {done.held} (see Mail, or assess mail).")
    _say(
        f"It has {done.administrators} administrators with {done.passkeys} passkeys, {done.coaches} coaches "
        f"and {done.representatives} representatives; some may have been ended since the back-up. Links and "
        "cards that were taken back since then work again. Check them: assess administrator list, and People."
    )
    if not settings.erasures.is_file():
        _say(
            f"There is no list of erasures ({settings.erasures}). If anybody was erased since the back-up "
            "was made, put the list there and restore again before anybody signs in."
        )
    if done.replaced is not None:
        _say(f"The old database is {done.replaced}: delete it when you are sure.")
    if done.unreadable:
        lines = ", ".join(str(number) for number in done.unreadable)
        raise click.ClickException(
            f"Lines of the list of erasures that cannot be read: {len(done.unreadable)} ({lines}, in "
            f"{settings.erasures}). Whoever they named was not erased again. Mend them, and restore again."
        )


# --- administrators --------------------------------------------------------------------------------

ORGANISATION = click.option("--organisation", help="Its name, where there are several.")


@main.group()
def administrator() -> None:
    """Who administers an organisation: add, link, list, remove, reset-passkeys."""


@administrator.command("add")
@click.argument("name")
@click.option("--email", required=True)
@click.option("--organisation", help="Its name, where there are several; in an empty database it is made.")
@click.option("--language", type=LANGUAGE, default="da", show_default=True, help="Of a person who is new.")
def add_administrator(name: str, email: str, organisation: str | None, language: LanguageId) -> None:
    """Make NAME administrator; somebody known by the address keeps the own name."""
    from assess.commands import administrators

    administrators.add(
        _settings(), name, email, organisation=organisation, language=language, now=_now(), say=_say
    )


@administrator.command("link")
@click.argument("email")
@ORGANISATION
def link_for_administrator(email: str, organisation: str | None) -> None:
    """Print a link that signs the administrator in, once, within a quarter of an hour."""
    from assess.commands import administrators

    administrators.link(_settings(), email, organisation=organisation, now=_now(), say=_say, out=click.echo)


@administrator.command("list")
def list_administrators() -> None:
    """One line for each administrator."""
    from assess.commands import administrators

    administrators.show(_settings(), click.echo)


@administrator.command("remove")
@click.argument("email")
@ORGANISATION
def remove_administrator(email: str, organisation: str | None) -> None:
    """End it at once, with sessions and links; the person stays."""
    from assess.commands import administrators

    administrators.remove(_settings(), email, organisation=organisation, now=_now(), say=_say)


@administrator.command("reset-passkeys")
@click.argument("email")
@ORGANISATION
def reset_passkeys_of_administrator(email: str, organisation: str | None) -> None:
    """Take all passkeys from an administrator who has lost them; the person is signed out everywhere."""
    from assess.commands import administrators

    administrators.reset_passkeys(_settings(), email, organisation=organisation, now=_now(), say=_say)


# --- the log --------------------------------------------------------------------------------------


@main.group()
def audit() -> None:
    """The log of who saw, shared, exported and changed what."""


@audit.command("verify")
@click.option("--noted", default="", help="NUMBER:HASH that an earlier call printed: is it still in the log?")
def verify_audit(noted: str) -> None:
    """Find out whether a line of the log was changed, deleted, inserted or moved.

    Prints number and hash of the newest line: kept elsewhere, they show later that nobody has written the
    whole log anew. Exit status 1 and the line where something is wrong.
    """
    from assess.commands.audit import verify

    verify(_settings(), noted=noted, say=_say, out=click.echo)


# --- organisations and rosters ---------------------------------------------------------------------


@main.group()
def organisation() -> None:
    """Organisations: add, list."""


@organisation.command("add")
@click.argument("name")
@click.option("--customer", help="Whom the work is for, as ASSESS_CUSTOMER; default: that setting.")
def add_organisation(name: str, customer: str | None) -> None:
    """An organisation without people yet; its first administrator comes next."""
    from assess.commands import roster

    roster.add_organisation(_settings(), name, customer=customer, now=_now(), say=_say)


@organisation.command("list")
def list_organisations() -> None:
    """One line for each organisation."""
    from assess.commands import roster

    roster.show_organisations(_settings(), click.echo)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@ORGANISATION
@click.option("--apply", is_flag=True, help="Do it; without it only the difference is printed.")
@click.option("--only-add", is_flag=True, help="People who are not in it stay as they are.")
@click.option("--language", type=LANGUAGE, default="da", show_default=True, help="Of people who are new.")
def roster(file: Path, organisation: str | None, apply: bool, only_add: bool, language: LanguageId) -> None:
    """Import a roster: CSV or Excel, one row for each person; see docs/settings.md for its columns.

    - reads standard input.
    """
    from assess.commands import roster as command

    command.import_roster(
        _settings(),
        file,
        organisation=organisation,
        apply=apply,
        choices=command.choices_of(only_add, language),
        now=_now(),
        say=_say,
        out=click.echo,
    )


# --- shared by the commands ------------------------------------------------------------------------


def _settings() -> Settings:
    from assess.settings import from_environment

    return from_environment()


def _now() -> datetime:
    from datetime import UTC, datetime

    return datetime.now(UTC)


def _own_folders() -> tuple[Path, ...]:
    return _settings().questionnaires


def _definition(name_or_path: str) -> Definition:
    from assess.commands.questionnaires import read_definition

    return read_definition(name_or_path, _own_folders())


def _say(message: str) -> None:
    click.echo(message, err=True)


def _say_problems(problems: tuple[Problem, ...], count: int | None = None) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)
    count = len(problems) if count is None else count
    click.echo(f"assess: {count} problem{'' if count == 1 else 's'}.", err=True)


def _say_what_failed(error: OSError) -> None:
    """The one place for files and outputs that cannot be read or written: a full disk, a closed pipe."""
    from assess.commands.output import abandon_standard_output

    abandon_standard_output()
    if isinstance(error, BrokenPipeError):
        return  # whoever read us has had enough, as in `assess score … | head`
    where = f"{error.filename}: " if error.filename else ""
    with contextlib.suppress(OSError):
        click.echo(f"assess: {where}{error.strerror or error}.", err=True)
