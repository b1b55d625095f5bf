"""Every setting, read once from the environment into one frozen object. `docs/settings.md` lists them all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assess.errors import SettingsError
from assess.language.wording import CUSTOMER_WORDS
from assess.mail_settings import Smtp, mail_from_of, password_of, smtp_of


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
    erasure_list: Path | None = None
    """The list of erased people, outside the database and its back-ups; None: `erasures.jsonl` in `data`."""
    proxies: int = 0
    """How many proxies of ours stand before the server; so many entries of X-Forwarded-For are believed."""
    network_tries: int = 10
    """How often one network address may ask for a sign-in link in a quarter of an hour."""
    oidc_issuer: str = ""
    """Address of the organisation's own sign-in (OpenID Connect); empty: there is none."""
    oidc_client: str = ""
    oidc_secret: str = field(default="", repr=False)
    oidc_name: str = ""
    """What its button says."""
    admin_passkey: str = "optional"
    """"required": administrators must have a passkey. One who has it always confirms with it."""

    smtp: Smtp | None = None
    """The mail server. Without one letters wait, and the administrators' page says so."""
    smtp_password: str = field(default="", repr=False)
    mail_from: str = ""
    """Who letters are from, as it stands in their header."""
    batch_processes: int = 1
    """How many documents of batches are made at the same time, each in a process of its own."""
    demo: bool = False
    """Whether anybody may read the demo organisation's letters at `/demo/outbox`. Never with real people."""

    @property
    def erasures(self) -> Path:
        """Where the list of erased people is kept."""
        return self.erasure_list or self.data / "erasures.jsonl"

    @property
    def is_postgres(self) -> bool:
        return is_postgres(self.database)

    @property
    def has_oidc(self) -> bool:
        return bool(self.oidc_issuer)

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
    if base_url.split("://", 1)[1] != urlsplit(base_url).netloc or "@" in base_url:
        raise SettingsError(
            "ASSESS_BASE_URL names more than a host.",
            "Pages stand at the root of a host of their own: https://assess.example.dk",
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
        smtp=smtp_of(env),
        smtp_password=password_of(env),
        mail_from=mail_from_of(env),
        demo=_yes(env, "ASSESS_DEMO"),
        erasure_list=Path(env["ASSESS_ERASURE_LIST"]).absolute() if env.get("ASSESS_ERASURE_LIST") else None,
        proxies=_number(env, "ASSESS_PROXIES", default=0, least=0),
        network_tries=_number(env, "ASSESS_NETWORK_TRIES", default=10, least=1),
        admin_passkey=_admin_passkey(env, base_url),
        batch_processes=_number(env, "ASSESS_BATCH_PROCESSES", default=_half_of_the_cores(), least=1),
        **_oidc(env),
    )


def _half_of_the_cores() -> int:
    """Of those that this process may use; at least one. The other half is for the pages."""
    usable = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return max(1, len(usable) // 2)


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


def _number(env: Mapping[str, str], name: str, *, default: int, least: int) -> int:
    value = env.get(name, "").strip()
    if value and not (value.isascii() and value.isdigit() and len(value) <= 6 and int(value) >= least):
        raise SettingsError(f"{name} is no number from {least} on: {value!r}.", f"Write it like {default}")
    return int(value) if value else default


def _oidc(env: Mapping[str, str]) -> dict[str, str]:
    """All three of issuer, client and secret, or none. http only for a provider on this machine."""
    names = ("oidc_issuer", "oidc_client", "oidc_secret")
    found = {name: env.get(f"ASSESS_{name.upper()}", "").strip() for name in names}
    if not any(found.values()):
        return {}
    for name, value in found.items():
        if not value:
            raise SettingsError(
                f"ASSESS_{name.upper()} is missing.",
                "Sign-in by OpenID Connect needs issuer, client and secret",
            )
    issuer = urlsplit(found["oidc_issuer"])
    here = issuer.hostname in {"127.0.0.1", "localhost", "::1"}
    if not issuer.hostname or issuer.scheme not in ({"http", "https"} if here else {"https"}):
        raise SettingsError(
            "ASSESS_OIDC_ISSUER is not an https address.", "Write it like https://login.example.dk"
        )
    return found | {
        "oidc_issuer": found["oidc_issuer"].rstrip("/"),
        "oidc_name": env.get("ASSESS_OIDC_NAME") or issuer.hostname,
    }


def _admin_passkey(env: Mapping[str, str], base_url: str) -> str:
    value = (env.get("ASSESS_ADMIN_PASSKEY") or "optional").strip().lower()
    if value not in {"optional", "required"}:
        raise SettingsError(f"ASSESS_ADMIN_PASSKEY is unknown: {value!r}.", "Choose optional or required")
    address = urlsplit(base_url)
    if value == "required" and not (
        has_name(address.hostname or "") and (address.scheme == "https" or address.hostname == "localhost")
    ):
        raise SettingsError(
            "ASSESS_ADMIN_PASSKEY is required, but browsers have no passkeys for ASSESS_BASE_URL.",
            "Give it an address like https://assess.example.dk",
        )
    return value


def has_name(host: str) -> bool:
    """Whether a host is called by a name: passkeys are tied to one, never to a number."""
    try:
        ip_address(host)
    except ValueError:
        return bool(host)
    return False
