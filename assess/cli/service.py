"""The service: run, serve, work, status, jobs, mail, migrate, demo, backup, restore."""

from __future__ import annotations

from pathlib import Path

import click

from assess.cli.command import main
from assess.cli.surroundings import now, read_settings, say


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-demo", is_flag=True, help="Do not fill an empty database with the demo organisation.")
def run(host: str, port: int, no_demo: bool) -> None:
    """Everything at once: migrate, demo organisation in an empty database, server and worker."""
    from assess.commands.service import run_all

    raise SystemExit(run_all(host, port, demo_organisation=not no_demo, say=say, out=click.echo))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, help="Server processes.")
@click.option("--threads", default=8, show_default=True, help="Threads in each.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the pages with gunicorn."""
    from assess.web.server import run as run_server

    run_server(read_settings(), host=host, port=port, workers=workers, threads=threads)


@main.command()
def work() -> None:
    """Do background work until stopped."""
    from assess.jobs import run_worker

    run_worker(read_settings())


@main.command()
def status() -> None:
    """Say whether database, worker, mail and jobs are well; exit status 1 when one of them is not."""
    from assess.commands.status import print_status

    if not print_status(read_settings(), now(), click.echo):
        raise SystemExit(1)


@main.command()
@click.option("--again", is_flag=True, help="Try every job that failed once more.")
def jobs(again: bool) -> None:
    """List background jobs that failed, with the reason."""
    from assess.commands.service import list_failed_jobs, try_failed_jobs_again

    if again:
        try_failed_jobs_again(read_settings(), say)
    list_failed_jobs(read_settings(), click.echo)


@main.command()
@click.option("--again", is_flag=True, help="Try every letter that failed or bounced once more.")
def mail(again: bool) -> None:
    """List letters that wait after a failure, have failed or bounced; nobody is named."""
    from assess.commands.mail import list_letters, try_all_again

    if again:
        try_all_again(read_settings(), say)
    list_letters(read_settings(), click.echo)


@main.command()
def migrate() -> None:
    """Bring the database to this version; safe to repeat."""
    from assess.store import migrate as migrate_store

    migrate_store(read_settings())
    say("The database is up to date.")


@main.command()
@click.option("--seed", default=2026, show_default=True, help="The same seed gives the same answers.")
@click.option("--links", is_flag=True, help="Only print fresh links into a demo that is already there.")
def demo(seed: int, links: bool) -> None:
    """Fill an empty database with a fictional bakery chain."""
    from assess.commands.service import make_demo

    make_demo(read_settings(), seed, only_links=links, say=say, out=click.echo)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace FILE when it is there already.")
def backup(file: Path, force: bool) -> None:
    """Copy the database to FILE, consistently, while the server runs."""
    from assess.backup import backup as make_backup

    make_backup(read_settings(), file, force=force)
    say(f"{file}: {file.stat().st_size:,} bytes.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace the database that is there.")
def restore(file: Path, force: bool) -> None:
    """Make the back-up FILE the database. Stop server and worker first.

    Whoever was erased since it was made is erased again; everybody is signed out; letters that it holds are
    not sent by themselves.
    """
    from assess.restore import restore as put_back

    settings = read_settings()
    done = put_back(settings, file, now(), force=force)
    say(f"The database is that of {file}.")
    if done.migrations:
        say(f"Brought up to date: {', '.join(done.migrations)}.")
    say(f"Erased again: {done.erased}. Letters held back: {done.held} (see Mail, or assess mail).")
    say(
        f"It has {done.administrators} administrators with {done.passkeys} passkeys, {done.coaches} coaches "
        f"and {done.representatives} representatives; some may have been ended since the back-up. Links and "
        "cards that were taken back since then work again. Check them: assess administrator list, and People."
    )
    if not settings.erasures.is_file():
        say(
            f"There is no list of erasures ({settings.erasures}). If anybody was erased since the back-up "
            "was made, put the list there and restore again before anybody signs in."
        )
    if done.replaced is not None:
        say(f"The old database is {done.replaced}: delete it when you are sure.")
    if done.unreadable:
        lines = ", ".join(str(number) for number in done.unreadable)
        raise click.ClickException(
            f"Lines of the list of erasures that cannot be read: {len(done.unreadable)} ({lines}, in "
            f"{settings.erasures}). Whoever they named was not erased again. Mend them, and restore again."
        )
