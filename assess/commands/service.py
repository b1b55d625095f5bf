"""`assess run`, `assess demo`, `assess jobs`: the service as a whole."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime

from assess import demo, jobs
from assess.commands.processes import run_together
from assess.errors import AssessError
from assess.settings import Settings, from_environment
from assess.store import Store, migrate, open_store
from questionnaires.library import load_all

Say = Callable[[str], None]

_HEADINGS = {
    "a": "Questionnaires, as the link in an invitation opens them",
    "sign-in": "Signing in, as the link in a letter does (once, within 15 minutes; get another at /sign-in)",
}
"""By where a link of the demo leads."""


def run_all(host: str, port: int, *, demo_organisation: bool, say: Say, out: Say) -> int:
    """Migrates, fills an empty database with the demo, starts server and worker, prints fresh links.

    Returns the exit status when stopped. An address that the operator has not set follows from the port.
    """
    environment = {"ASSESS_BASE_URL": os.environ.get("ASSESS_BASE_URL") or f"http://127.0.0.1:{port}"}
    settings = from_environment({**os.environ, **environment})
    _refuse_taken_port(host, port)
    say(f"→ database: {_without_password(settings.database)}")
    for folder, problems in load_all(settings.questionnaires).broken.items():
        say(f"! left out: the questionnaire {folder} has {len(problems)} problems; `assess check` lists them")
    migrate(settings)
    if demo_organisation:
        with open_store(settings) as store:
            fill_if_empty(store, settings, demo.SEED, say)
    with open_store(settings) as store:
        if demo.is_demo(store) and "ASSESS_DEMO" not in os.environ:
            environment["ASSESS_DEMO"] = "yes"
    logs = settings.data / "log"
    say(f"→ starting server and worker; their log: {logs}")

    def ready() -> None:
        out(f"\nReady at {settings.base_url}\n")
        with open_store(settings) as store:
            print_links(store, settings, out, letters=environment.get("ASSESS_DEMO") == "yes")
        out("Stop with Ctrl-C.")

    commands = {"server": ["serve", "--host", host, "--port", str(port)], "worker": ["work"]}
    status = run_together(commands, environment, f"http://127.0.0.1:{port}/healthz", ready, logs, say)
    say("→ stopped")
    return status


def _refuse_taken_port(host: str, port: int) -> None:
    """Before anything is made: what answers there is not ours, and its answers would be taken for ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AssessError(
                f"Port {port} on {host} cannot be used: {error.strerror}.", "Choose another, like PORT=8001."
            ) from error


def make_demo(settings: Settings, seed: int, *, only_links: bool, say: Say, out: Say) -> None:
    """Fills an empty database with the demo organisation, then prints fresh links into it."""
    migrate(settings)
    with open_store(settings) as store:
        if not only_links:
            demo.fill(store, settings, datetime.now(UTC), seed=seed, say=say)
        print_links(store, settings, out)


def fill_if_empty(store: Store, settings: Settings, seed: int, say: Say) -> None:
    if demo.is_empty(store):
        demo.fill(store, settings, datetime.now(UTC), seed=seed, say=say)
    else:
        say("→ using what is there")


def print_links(store: Store, settings: Settings, out: Say, *, letters: bool = False) -> None:
    """Fresh links for each kind of user of the demo, by what they open, and where its letters are (`letters`:
    they can be read there); nothing for a database that is not a demo."""
    made = demo.fresh_links(store, datetime.now(UTC))
    for place, heading in _HEADINGS.items():
        shown = [link for link in made if link.place == place]
        if shown:
            out(f"{heading}\n")
        for link in shown:
            out(f"  {link.description}\n    {settings.base_url}/{place}/{link.token}")
        if shown:
            out("")
    if letters:
        out(f"Letters to everybody in the demo\n\n    {settings.base_url}/demo/outbox\n")


def list_failed_jobs(settings: Settings, out: Say) -> None:
    """One line for each background job that gave up, newest first."""
    with open_store(settings) as store:
        failed = jobs.failed(store)
    for job in failed:
        when = f"{job.finished_at:%Y-%m-%d %H:%M}"
        out(f"{when}  {job.kind}  {job.subject}  {job.attempts} attempts: {job.error}")
    if not failed:
        out("No job has failed.")


def try_failed_jobs_again(settings: Settings, say: Say) -> None:
    """After what made them fail was put right."""
    with open_store(settings) as store:
        count = jobs.try_again(store, datetime.now(UTC))
    jobs.wake(settings)
    say(f"{count} jobs are tried again.")


def _without_password(database: str) -> str:
    """A database setting as it may be shown."""
    before, at, after = database.rpartition("@")
    return f"{before.split('://')[0]}://…@{after}" if at and "://" in before else database
