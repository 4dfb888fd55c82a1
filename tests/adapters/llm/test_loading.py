"""litellm is imported late, contacts no one, and leaves the process as it was."""

import subprocess
import sys
from pathlib import Path

from tests.waiting import WAIT_LIMIT

PROGRAM = """
import asyncio, os, sys

reached = []

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        reached.append((event, arguments[1:]))

sys.addaudithook(watch)
from adapters.llm import Gateway, Ollama
assert "litellm" not in sys.modules and "openai" not in sys.modules

async def main():
    url, models = "http://127.0.0.1:9", {"tip-generator": "x"}
    for model in (Gateway(url, "k"), Ollama(url, models=models)):
        await model.warm()
        await model.close()

asyncio.run(main())
assert "litellm" in sys.modules
assert "FROM_DOTENV" not in os.environ
print(reached)
"""


def test_loading_contacts_no_one_and_prints_nothing(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FROM_DOTENV=1\n")
    root = Path(__file__).parents[3]
    ended = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", PROGRAM],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=WAIT_LIMIT,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "[]\n", "")
