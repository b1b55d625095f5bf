"""The demo, filled once for each test process and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON

from assess import demo
from assess.settings import from_environment
from assess.store import Store, open_store

if TYPE_CHECKING:
    from pathlib import Path

    from assess.settings import Settings


@pytest.fixture(scope="session")
def filled_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the whole demo."""
    folder = tmp_path_factory.mktemp("demo")
    path = folder / "assess.sqlite"
    shutil.copy(sqlite_template, path)
    settings = from_environment({"ASSESS_DATABASE": str(path), "ASSESS_DATA": str(folder / "data")})
    with open_store(settings) as store:
        demo.fill(store, settings, NOON, seed=demo.SEED, say=lambda _: None)
    return path


@pytest.fixture
def filled(engine: str, settings: Settings, request: pytest.FixtureRequest) -> Iterator[Store]:
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("filled_file"), settings.database)
    with open_store(settings) as store:
        if engine != "sqlite":
            demo.fill(store, settings, NOON, seed=demo.SEED, say=lambda _: None)
        yield store
