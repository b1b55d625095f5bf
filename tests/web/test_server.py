"""The server as operators start it: gunicorn around the application, broken folders left out loudly."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from assess.settings import Settings

START = """
import sys
from assess.settings import from_environment
from assess.web.server import run
run(from_environment(), host="127.0.0.1", port=int(sys.argv[1]), workers=1, threads=4)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(address):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise AssertionError("the server did not answer")


def answer_to_malformed_chunks(port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(
            b"POST /language HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"zz\r\nlanguage=da\r\n0\r\n\r\n"
        )
        return connection.recv(4096)


@pytest.mark.slow
def test_it_starts_without_a_broken_questionnaire_serves_and_stops(
    settings: Settings, tmp_path: Path
) -> None:
    # Given a folder that claims to be a questionnaire
    broken = tmp_path / "own" / "half"
    broken.mkdir(parents=True)
    (broken / "questionnaire.yaml").write_text("format: 1\nid: half\n")
    port, log = free_port(), tmp_path / "log"
    environment = os.environ | {
        "ASSESS_DATABASE": settings.database,
        "ASSESS_DATA": str(settings.data),
        "ASSESS_BASE_URL": f"http://127.0.0.1:{port}",
        "ASSESS_QUESTIONNAIRES": str(broken),
    }
    with log.open("wb") as output:
        server = subprocess.Popen([sys.executable, "-c", START, str(port)], env=environment, stderr=output)
    try:
        # When the server starts, then it serves
        wait_for(f"http://127.0.0.1:{port}/healthz", server)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        # And a body that is too large gets its answer, not a broken connection
        large = urllib.request.Request(
            f"http://127.0.0.1:{port}/language",
            data=b"language=" + b"x" * 2_000_000,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(large)
        assert refused.value.code == 400
        assert "for langt" in refused.value.read().decode()
        refused.value.close()
        # And chunks that do not fit together are the sender's fault, not ours
        assert answer_to_malformed_chunks(port).startswith(b"HTTP/1.1 400")
    finally:
        server.terminate()
        status = server.wait(timeout=30)
    # Then it stops when asked, and its log names the folder and every problem in it
    assert status == 0
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    assert [line["event"] for line in lines if line["level"] == "ERROR"] == ["questionnaire left out"]
    left_out = next(line for line in lines if line["event"] == "questionnaire left out")
    assert left_out["level"] == "ERROR"
    assert left_out["folder"] == str(broken)
    assert len(left_out["problems"]) > 3
    assert any(line.get("route") == "/healthz" for line in lines), "requests are logged as JSON lines"
