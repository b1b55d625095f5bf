"""What a file is called that a page hands over."""

from __future__ import annotations

import pytest
from werkzeug.http import parse_options_header

from assess.web.attachment import disposition


@pytest.mark.parametrize("name", ["All reports of Autumn.zip", "Forår – hele året.zip", "Yıldız “1”; 日.zip"])
def test_the_header_of_a_download_is_ascii_and_gives_the_whole_name(name: str) -> None:
    header = disposition(name)
    assert header.isascii()
    assert parse_options_header(header) == ("attachment", {"filename": name})


def test_who_reads_ascii_alone_gets_what_is_left_of_the_name() -> None:
    assert disposition("Et forår.zip").startswith('attachment; filename="Et forar.zip"; ')
