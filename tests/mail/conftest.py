"""A bakery whose mail goes to a real SMTP server in this process, on a port of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from post_office import PostOffice

from assess.mail_settings import Smtp

if TYPE_CHECKING:
    from assess.settings import Settings


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.open()
    yield office
    office.shut()


@pytest.fixture
def mail_settings(settings: Settings, post_office: PostOffice) -> Settings:
    """Settings with that server, for pages at an address of their own."""
    return replace(
        settings,
        base_url="https://assess.example.dk",
        smtp=Smtp("127.0.0.1", post_office.port, "none"),
        mail_from="Assess <assess@example.dk>",
    )
