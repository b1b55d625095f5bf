"""Static fonts: made once and whole, whoever asks at the same time; small, with the letters needed."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from fontTools.ttLib import TTFont

from reports.fonts import FAMILY, static_fonts


def test_each_face_is_static_and_of_its_weight_and_style(fonts):
    assert [(face.weight, face.style) for face in fonts.faces] == [
        (400, "normal"),
        (600, "normal"),
        (400, "italic"),
    ]
    for face in fonts.faces:
        font = TTFont(face.ttf)
        assert "fvar" not in font
        assert font["OS/2"].usWeightClass == face.weight
        assert bool(font["OS/2"].fsSelection & 1) == (face.style == "italic")
        assert font["name"].getBestFamilyName() == FAMILY


@pytest.mark.parametrize(
    "needed",
    [
        "æøåäöÆØÅÄÖéüß",
        "→↔÷×±−–—…“”„»«‘’",
        "ŁłŽžŞğĐđ",
        "Nguyễn",
        "0123456789",
        "½°€§·•◆●☐",
    ],
)
def test_the_letters_that_reports_need_are_there(fonts, needed):
    for face in fonts.faces:
        assert not set(map(ord, needed)) - set(TTFont(face.ttf).getBestCmap())


def test_figures_are_tabular(fonts):
    for face in fonts.faces:
        font = TTFont(face.ttf)
        names = font.getBestCmap()
        widths = {font["hmtx"][names[ord(digit)]][0] for digit in "0123456789"}
        assert max(widths) - min(widths) <= 1, "a thousandth of an em is rounding"


def test_the_web_gets_small_woff2_files(fonts):
    for face in fonts.faces:
        assert face.woff2.read_bytes()[:4] == b"wOF2"
        assert face.woff2.stat().st_size < 30_000


def test_a_filled_folder_is_used_as_it_is(fonts):
    before = {face.ttf: face.ttf.stat().st_mtime_ns for face in fonts.faces}
    assert static_fonts(fonts.folder) == fonts
    assert {face.ttf: face.ttf.stat().st_mtime_ns for face in fonts.faces} == before


def test_many_at_once_leave_whole_files_and_nothing_else(tmp_path):
    folder = tmp_path / "fonts"
    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(static_fonts, [folder] * 3))
    assert made[0] == made[1] == made[2]
    assert sorted(path.suffix for path in folder.iterdir()) == [".ttf"] * 3 + [".woff2"] * 3
    for face in made[0].faces:
        assert TTFont(face.ttf).getBestCmap()


def test_the_heavy_imports_wait_until_a_font_is_made():
    heavy = "{'fontTools', 'weasyprint', 'pydyf'}"
    code = f"import sys, reports.fonts, reports.pdf; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
