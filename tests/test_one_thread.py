"""Server, worker and command line give NumPy's BLAS one thread, and say so before NumPy is there."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

WATCH = """
import os, sys
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "numpy" and "numpy" not in sys.modules:
            print(os.environ.get("OPENBLAS_NUM_THREADS"))
sys.meta_path.insert(0, Watch())
"""


def at_import_of_numpy(code: str, **environment: str) -> str:
    without = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", WATCH + code],
        capture_output=True,
        text=True,
        check=True,
        env=without | environment,
    )
    return done.stdout.splitlines()[0]


@pytest.mark.parametrize("code", ["import assess.web.server", "import assess.jobs"])
def test_it_is_set_when_numpy_comes(code: str) -> None:
    assert at_import_of_numpy(code) == "1"


def test_the_command_line_sets_it_too() -> None:
    code = "from click.testing import CliRunner\nfrom assess.cli import main\n"
    code += "CliRunner().invoke(main, ['jobs', '--help'])\nimport numpy"
    assert at_import_of_numpy(code) == "1"


def test_whoever_has_chosen_a_number_keeps_it() -> None:
    assert at_import_of_numpy("import assess.web.server", OPENBLAS_NUM_THREADS="3") == "3"
