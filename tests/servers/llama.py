"""The real llama.cpp server with a tiny made-up model, in a process of its own so that it can be killed."""

import select
import subprocess
import sys
from pathlib import Path
from typing import Self

from tests.servers.tiny_gguf import write_model
from tests.waiting import WAIT_LIMIT

_PROCESS = Path(__file__).with_name("llama_process.py")


class LlamaServer:
    """A llama.cpp server; `url` is the root under which `/v1/chat/completions` and `/v1/embeddings` lie.

    It answers to any model name and obeys `response_format` with a JSON schema.
    """

    def __init__(self, directory: Path) -> None:
        self._model = directory / "tiny.gguf"
        self._log = directory / "llama.log"
        self.url = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.kill()

    def start(self) -> None:
        """Serve on a free port; RuntimeError with the end of the log if llama.cpp does not come up."""
        if not self._model.exists():
            write_model(self._model)
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                # -P: the files next to the script are no modules to import.
                [sys.executable, "-P", _PROCESS, self._model],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.url = self._address()

    def kill(self) -> None:
        """End the process at once, as a crash would."""
        self._process.kill()
        self._process.communicate()

    def _address(self) -> str:
        out = self._process.stdout
        assert out is not None
        ready, _, _ = select.select([out], [], [], WAIT_LIMIT)
        address = out.readline().strip() if ready else ""
        if not address:
            self.kill()
            raise RuntimeError(self._log.read_text(errors="replace")[-2000:])
        return address
