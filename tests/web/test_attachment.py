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


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Et forår.zip", "Et foraar.zip"),
        ("Butik Nørrebro – ændret.csv", "Butik Noerrebro - aendret.csv"),
        ("ÆRØ 2026.zip", "AeROe 2026.zip"),
        ("Höst Åsa Själö.pdf", "Hoest Aasa Sjaeloe.pdf"),
        ("A\u030asa Ho\u0308st.pdf", "Aasa Hoest.pdf"),  # as a Mac writes it, sign and letter apart
        ("Amina Yıldız 日 2026.pdf", "Amina Yildiz 2026.pdf"),
    ],
)
def test_who_reads_ascii_alone_gets_letters_that_stand_for_those_of_the_name(name: str, plain: str) -> None:
    assert disposition(name).startswith(f'attachment; filename="{plain}"; ')
