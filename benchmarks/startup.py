"""How long until something happens: `assess --help`, and `make run` from a fresh clone to its first page.

    python benchmarks/startup.py [--make-run]

`assess --help` is compared with `python -c pass` in the same run. `make run` is timed with an empty virtual
environment and whatever packages pip has in its cache; the second time with everything there.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]


def seconds(*command: str, times: int = 9) -> float:
    """Median of the wall-clock seconds of a command."""
    taken = []
    for _ in range(times):
        before = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=REPOSITORY)
        taken.append(time.perf_counter() - before)
    return statistics.median(taken)


def make_run(clone: Path) -> float:
    """Seconds from typing `make run` to the first page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSESS_")}
    before = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=clone,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                    return time.perf_counter() - before
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise SystemExit(f"make run ended with status {process.returncode}")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--make-run", action="store_true")
    args = parser.parse_args()
    python = seconds(sys.executable, "-c", "pass")
    helped = seconds(sys.executable, "-m", "assess", "--help")
    print(f"assess --help      {helped:6.3f} s   {helped / python:4.1f} × python -c pass ({python:.3f} s)")
    if args.make_run:
        with tempfile.TemporaryDirectory() as folder:
            clone = Path(folder) / "assess"
            subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(clone)], check=True)
            print(
                f"make run, first    {make_run(clone):6.1f} s   to the first page, packages from pip's cache"
            )
            print(f"make run, again    {make_run(clone):6.1f} s")


if __name__ == "__main__":
    main()
