"""The secret key is made once, by whoever comes first, and is readable by its owner only."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from assess.errors import SettingsError
from assess.web.secret import NAME, secret_key


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first = secret_key(tmp_path / "data")
    assert len(first) == 32
    assert secret_key(tmp_path / "data") == first
    assert stat.S_IMODE((tmp_path / "data" / NAME).stat().st_mode) == 0o600


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    assert secret_key(tmp_path / "a") != secret_key(tmp_path / "b")


def test_many_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    together = Barrier(8)

    def start(_: int) -> bytes:
        together.wait()
        return secret_key(tmp_path)

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(start, range(8)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == [NAME], "nothing half-made is left"


@pytest.mark.parametrize("content", ["", "short", "00" * 31, "zz" * 32])
def test_a_spoilt_key_is_refused_with_advice(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content)
    with pytest.raises(SettingsError, match="Remove the file"):
        secret_key(tmp_path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="ASSESS_DATA"):
        secret_key(tmp_path / "file" / "data")
