"""Settings: read once, refused with a reason, and every one of them documented."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from assess.errors import SettingsError
from assess.language.wording import CUSTOMER_WORDS
from assess.settings import Settings, from_environment, private_folder

DOCUMENT = (Path(__file__).parents[1] / "docs" / "settings.md").read_text(encoding="utf-8")


def test_an_empty_environment_gives_the_documented_defaults(tmp_path: Path) -> None:
    settings = from_environment({"ASSESS_DATA": str(tmp_path)})
    assert settings.database == str(tmp_path / "assess.sqlite")
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.time_zone.key == "Europe/Copenhagen"
    assert settings.customer == "customer"
    assert settings.questionnaires == ()
    assert not settings.allow_old_sqlite
    assert settings.log_level == "INFO"


def test_a_folder_that_we_make_is_for_its_owner_alone(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "data" / "log")
    assert {folder.stat().st_mode & 0o777 for folder in (made, made.parent)} == {0o700}
    made.chmod(0o750)
    assert private_folder(made).stat().st_mode & 0o777 == 0o750, "what an operator has chosen stays"


def test_https_and_postgres_are_seen_from_the_addresses() -> None:
    settings = from_environment(
        {"ASSESS_BASE_URL": "https://maturity.example.dk/", "ASSESS_DATABASE": "postgresql://db/assess"}
    )
    assert settings.is_https
    assert settings.is_postgres
    assert settings.base_url == "https://maturity.example.dk"


def test_several_own_questionnaire_folders_are_separated_by_a_colon(tmp_path: Path) -> None:
    settings = from_environment({"ASSESS_QUESTIONNAIRES": f"{tmp_path / 'a'}:{tmp_path / 'b'}"})
    assert settings.questionnaires == (tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSESS_BASE_URL", "maturity.example.dk"),
        ("ASSESS_BASE_URL", "ftp://maturity.example.dk"),
        ("ASSESS_BASE_URL", "https://example.dk/maturity"),
        ("ASSESS_BASE_URL", "https://example.dk?a=b"),
        ("ASSESS_BASE_URL", "https://somebody@example.dk"),
        ("ASSESS_TIME_ZONE", "Europe/Bergamo"),
        ("ASSESS_TIME_ZONE", "../../etc/passwd"),
        ("ASSESS_CUSTOMER", "victim"),
        ("ASSESS_ALLOW_OLD_SQLITE", "perhaps"),
        ("ASSESS_LOG_LEVEL", "chatty"),
        ("ASSESS_PROXIES", "-1"),
        ("ASSESS_PROXIES", "nginx"),
        ("ASSESS_NETWORK_TRIES", "0"),
        ("ASSESS_ADMIN_PASSKEY", "perhaps"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_what_would_be_right(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        from_environment({name: value})
    assert name in caught.value.what
    assert caught.value.advice


OIDC = {
    "ASSESS_OIDC_ISSUER": "https://login.example.dk/",
    "ASSESS_OIDC_CLIENT": "assess",
    "ASSESS_OIDC_SECRET": "s3cret-canary",
}


def test_sign_in_by_openid_connect_is_set_whole_or_not_at_all() -> None:
    assert not from_environment({}).has_oidc
    settings = from_environment(OIDC)
    assert settings.has_oidc
    assert (settings.oidc_issuer, settings.oidc_name) == ("https://login.example.dk", "login.example.dk")
    assert "s3cret-canary" not in repr(settings), "a secret may not reach a log"
    for name in OIDC:
        with pytest.raises(SettingsError, match=name):
            from_environment({key: value for key, value in OIDC.items() if key != name})


@pytest.mark.parametrize("issuer", ["http://login.example.dk", "login.example.dk", "javascript:alert(1)"])
def test_the_organisations_own_sign_in_is_spoken_to_in_secret(issuer: str) -> None:
    with pytest.raises(SettingsError, match="https"):
        from_environment(OIDC | {"ASSESS_OIDC_ISSUER": issuer})
    assert from_environment(OIDC | {"ASSESS_OIDC_ISSUER": "http://127.0.0.1:4000"}).has_oidc


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8000", "https://192.0.2.7", "https://[2001:db8::1]", "http://a.example"]
)
def test_passkeys_are_not_required_where_browsers_have_none(address: str) -> None:
    with pytest.raises(SettingsError, match="ASSESS_ADMIN_PASSKEY"):
        from_environment({"ASSESS_BASE_URL": address, "ASSESS_ADMIN_PASSKEY": "required"})
    for right in ("https://assess.example.dk", "http://localhost:8000"):
        settings = from_environment({"ASSESS_BASE_URL": right, "ASSESS_ADMIN_PASSKEY": "required"})
        assert settings.admin_passkey == "required"


def test_every_setting_is_documented_and_nothing_else() -> None:
    fields = {f"ASSESS_{field.name.upper()}" for field in dataclasses.fields(Settings)}
    documented = set(re.findall(r"^\| `(ASSESS_[A-Z_]+)`", DOCUMENT, re.MULTILINE))
    assert documented == fields


def test_every_customer_word_is_documented() -> None:
    row = next(line for line in DOCUMENT.splitlines() if line.startswith("| `ASSESS_CUSTOMER`"))
    assert set(CUSTOMER_WORDS) <= set(re.findall(r"`([a-z]+)`", row))
