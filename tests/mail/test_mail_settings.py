"""The settings of mail: refused with a reason, and never with a password in it."""

from __future__ import annotations

import pytest

from assess.errors import SettingsError
from assess.mail_settings import Smtp
from assess.settings import from_environment

FROM = {"ASSESS_MAIL_FROM": "Assess <assess@example.dk>"}
PASSWORD = {"ASSESS_SMTP_PASSWORD": "kanariefugl"}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://mail.example.dk", Smtp("mail.example.dk", 587, "starttls")),
        ("smtp://mail.example.dk:2587", Smtp("mail.example.dk", 2587, "starttls")),
        ("smtps://mail.example.dk", Smtp("mail.example.dk", 465, "tls")),
        ("smtp+plain://relay.example.dk", Smtp("relay.example.dk", 25, "none")),
        ("smtp://127.0.0.1:2525", Smtp("127.0.0.1", 2525, "none")),
        ("smtp://localhost", Smtp("localhost", 587, "none")),
    ],
)
def test_the_address_says_how_the_connection_is_protected(address: str, expected: Smtp) -> None:
    assert from_environment({"ASSESS_SMTP": address} | FROM).smtp == expected


def test_a_user_can_be_an_address_and_the_password_is_not_shown() -> None:
    settings = from_environment({"ASSESS_SMTP": "smtps://post%40b.dk@mail.example.dk"} | FROM | PASSWORD)
    assert settings.smtp == Smtp("mail.example.dk", 465, "tls", "post@b.dk")
    assert settings.smtp_password == "kanariefugl"
    assert "kanariefugl" not in repr(settings)


def test_without_a_server_there_is_no_mail() -> None:
    settings = from_environment({})
    assert settings.smtp is None
    assert settings.mail_from == ""
    assert not settings.demo


@pytest.mark.parametrize("name", ["Assess", "Løn & Liv", "A, B"])
def test_a_sender_may_have_a_name(name: str) -> None:
    written = f'"{name}" <a@example.dk>'
    assert name in from_environment({"ASSESS_MAIL_FROM": written}).mail_from


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"ASSESS_SMTP": "mail.example.dk"} | FROM, "ASSESS_SMTP"),
        ({"ASSESS_SMTP": "http://mail.example.dk"} | FROM, "ASSESS_SMTP"),
        ({"ASSESS_SMTP": "smtp://"} | FROM, "ASSESS_SMTP"),
        ({"ASSESS_SMTP": "smtp://mail.example.dk/inbox"} | FROM, "ASSESS_SMTP"),
        ({"ASSESS_SMTP": "smtp://mail.example.dk:port"} | FROM, "ASSESS_SMTP"),
        ({"ASSESS_SMTP": "smtp://user:kanariefugl@mail.example.dk"} | FROM, "ASSESS_SMTP"),
        ({"ASSESS_SMTP": "smtp://user@mail.example.dk"} | FROM, "ASSESS_SMTP_PASSWORD"),
        ({"ASSESS_SMTP": "smtp+plain://user@mail.example.dk"} | FROM | PASSWORD, "ASSESS_SMTP"),
        ({"ASSESS_SMTP": "smtp://mail.example.dk"} | FROM | PASSWORD, "ASSESS_SMTP_PASSWORD"),
        ({"ASSESS_SMTP": "smtp://mail.example.dk"}, "ASSESS_MAIL_FROM"),
        ({"ASSESS_MAIL_FROM": "Assess"}, "ASSESS_MAIL_FROM"),
        ({"ASSESS_MAIL_FROM": "a b@example.dk"}, "ASSESS_MAIL_FROM"),
        ({"ASSESS_MAIL_FROM": "Assess <a@example.dk>\r\nBcc: all@example.dk"}, "ASSESS_MAIL_FROM"),
        ({"ASSESS_DEMO": "perhaps"}, "ASSESS_DEMO"),
    ],
)
def test_what_cannot_be_used_is_named_with_what_would_be_right(
    environment: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        from_environment(environment)
    assert named in caught.value.what
    assert caught.value.advice
    assert "kanariefugl" not in str(caught.value)
