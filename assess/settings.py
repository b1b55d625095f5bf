"""Every setting, read once from the environment into one frozen object. `docs/settings.md` lists them all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assess.errors import SettingsError
from assess.language.wording import CUSTOMER_WORDS


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can choose. Names in the environment are `ASSESS_` and the field in capitals."""

    data: Path
    """Folder for what the application keeps beside the database: secret key, queue, fonts."""
    database: str
    """A file path (SQLite) or a `postgresql://` address."""
    base_url: str
    """Address that users see, without a final slash. `https` makes cookies Secure and `__Host-`."""
    time_zone: ZoneInfo
    questionnaires: tuple[Path, ...]
    """The organisation's own questionnaire folders, beside the library."""
    customer: str
    """Key of `CUSTOMER_WORDS`: what the people are called whom the work is for."""
    allow_old_sqlite: bool
    """Accept an SQLite with the WAL-reset bug (before 3.51.3)."""
    log_level: str

    @property
    def is_postgres(self) -> bool:
        return is_postgres(self.database)

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def private_folder(folder: Path) -> Path:
    """`folder`, made for its owner alone if it is not there, and so are those above it; one that is there
    keeps its rights."""
    if not folder.is_dir():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def is_postgres(database: str) -> bool:
    """Whether a database setting names a PostgreSQL server."""
    return database.startswith(("postgresql://", "postgres://"))


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of `environment` (the process's own by default).

    Raises `SettingsError` naming the variable, what is wrong with it and what would be right.
    """
    env = os.environ if environment is None else environment
    data = Path(env.get("ASSESS_DATA") or "var").absolute()
    base_url = (env.get("ASSESS_BASE_URL") or "http://127.0.0.1:8000").rstrip("/")
    if urlsplit(base_url).scheme not in {"http", "https"} or not urlsplit(base_url).hostname:
        raise SettingsError(
            "ASSESS_BASE_URL is not a web address.", "Write it like https://assess.example.dk"
        )
    zone = env.get("ASSESS_TIME_ZONE") or "Europe/Copenhagen"
    try:
        time_zone = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError(
            f"ASSESS_TIME_ZONE names no time zone: {zone!r}.", "Write it like Europe/Stockholm"
        ) from error
    customer = env.get("ASSESS_CUSTOMER") or "customer"
    if customer not in CUSTOMER_WORDS:
        raise SettingsError(
            f"ASSESS_CUSTOMER is unknown: {customer!r}.", f"Choose one of {', '.join(sorted(CUSTOMER_WORDS))}"
        )
    return Settings(
        data=data,
        database=env.get("ASSESS_DATABASE") or str(data / "assess.sqlite"),
        base_url=base_url,
        time_zone=time_zone,
        questionnaires=tuple(
            Path(folder).absolute()
            for folder in (env.get("ASSESS_QUESTIONNAIRES") or "").split(os.pathsep)
            if folder
        ),
        customer=customer,
        allow_old_sqlite=_yes(env, "ASSESS_ALLOW_OLD_SQLITE"),
        log_level=_log_level(env),
    )


def _yes(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "").strip().lower()
    if value not in {"", "0", "no", "false", "1", "yes", "true"}:
        raise SettingsError(f"{name} is neither yes nor no: {value!r}.", "Write yes or no")
    return value in {"1", "yes", "true"}


def _log_level(env: Mapping[str, str]) -> str:
    level = (env.get("ASSESS_LOG_LEVEL") or "INFO").upper()
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise SettingsError(
            f"ASSESS_LOG_LEVEL is unknown: {level!r}.", "Choose DEBUG, INFO, WARNING or ERROR"
        )
    return level
