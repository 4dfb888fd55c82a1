"""The real LiteLLM proxy, configured as the project ships it, in front of a model server of the tests."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

import httpx
import yaml

from tests.waiting import WAIT_LIMIT

SHIPPED_CONFIG = Path(__file__).parents[2] / "infra" / "litellm" / "litellm_config.yaml"
_PROGRAM = Path(sys.executable).with_name("litellm")
_LONGEST_END = 5.0


class LiteLlmProxy:
    """A LiteLLM proxy with the shipped aliases, all served by the OpenAI-compatible server at `model_url`.

    `url` is the root under which `/v1/chat/completions` lies; `master_key` opens it. It has no database, its
    files are in `directory`, and it inherits nothing of the environment but the search path.
    """

    master_key = "sk-key-of-the-tests"

    def __init__(self, directory: Path, *, model_url: str) -> None:
        self._directory = directory
        self._model_url = model_url
        self._log = directory / "litellm.log"
        self.url = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start and wait until it is ready (8 s of work); RuntimeError with the log's end if it is not."""
        config = self._directory / "litellm_config.yaml"
        config.write_text(yaml.safe_dump(config_for(self._model_url)))
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    _PROGRAM,
                    "--config",
                    config,
                    "--host",
                    "127.0.0.1",
                    "--port",
                    str(port),
                    "--telemetry",
                    "False",
                ],
                cwd=self._directory,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait_until_ready()

    def stop(self) -> None:
        """End the proxy and every process it started."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(_LONGEST_END)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.pathsep.join([str(_PROGRAM.parent), os.environ["PATH"]]),
            "HOME": str(self._directory),
            "LITELLM_MASTER_KEY": self.master_key,
            "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # no price list from the network
            "LITELLM_MODE": "PRODUCTION",  # no .env file read
            "DISABLE_ADMIN_UI": "True",
            "NO_DOCS": "True",
        }

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + WAIT_LIMIT
        while self._process.poll() is None and time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.url}/health/readiness", timeout=2).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        self.stop()
        raise RuntimeError(self._log.read_text(errors="replace")[-2000:])


def config_for(model_url: str) -> dict[str, Any]:
    """The shipped configuration, every alias pointed at the OpenAI-compatible server at `model_url`."""
    config: dict[str, Any] = yaml.safe_load(SHIPPED_CONFIG.read_text())
    for entry in config["model_list"]:
        entry["litellm_params"] = {
            "model": f"openai/{entry['model_name']}",
            "api_base": f"{model_url}/v1",
            "api_key": "none",
            "max_retries": 0,
        }
    return config


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
