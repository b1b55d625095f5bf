"""A wheel carries everything that runs: every tracked file of the packages, and no tests."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
PACKAGES = ("assess/", "questionnaires/", "reports/")

pytestmark = pytest.mark.slow


def test_a_wheel_carries_every_file_of_the_packages(tmp_path: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", *PACKAGES], cwd=REPOSITORY, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    for name in [*tracked, "setup.cfg", "pyproject.toml", "README.md", "LICENSE"]:
        target = tmp_path / "source" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (REPOSITORY / name).exists():
            target.write_bytes((REPOSITORY / name).read_bytes())

    offline = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    wheels = tmp_path / "wheels"
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *offline, "--wheel-dir", wheels, tmp_path / "source"],
        check=True,
    )

    (wheel,) = wheels.glob("*.whl")
    carried = set(zipfile.ZipFile(wheel).namelist())
    wanted = {name for name in tracked if (REPOSITORY / name).exists()}
    assert wanted - carried == set()
    assert not [name for name in carried if name.startswith("tests/")]
    assert any(name.endswith("licenses/LICENSE") for name in carried)
