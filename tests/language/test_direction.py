"""The signs that turn a line, and the ones that only look as if."""

from __future__ import annotations

import pytest

from assess.language.direction import turns, unturned

TURNING = tuple(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def test_the_nine_signs_of_unicode_annex_9_turn_a_line_and_no_other_does() -> None:
    assert tuple(sign for sign in map(chr, range(0x110000)) if turns(sign)) == TURNING


@pytest.mark.parametrize("sign", TURNING)
def test_a_name_without_them_is_the_same_name(sign: str) -> None:
    assert unturned(f"{sign}Anna{sign} Å{sign}") == "Anna Å"


def test_names_written_from_right_to_left_are_left_alone() -> None:
    for name in ("\u0623\u0645\u064a\u0646\u0629", "\u05d0\u05de\u200f", "\u200eBo"):
        assert unturned(name) == name
