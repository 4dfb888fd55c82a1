"""The search for one target, in a process of its own: libFuzzer, guided by the branches that atheris counts.

``python -m tests.fuzz.engine TARGET FOLDER [libFuzzer's options]``; ``python -m tests.fuzz`` calls it.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import atheris

from tests.fuzz.mutators import mutated
from tests.fuzz.oracles import judge
from tests.fuzz.target import PACKAGES, Shape, Target, target

OWN = ("core", "bot", "adapters")


def loaded(name: str) -> Target:
    """The target, with counters in the code that it runs."""
    with atheris.instrument_imports(include=[*OWN, *PACKAGES.get(name, ())], enable_loader_override=False):
        return target(name)


def search(one: Target, arguments: list[str]) -> None:
    """Search until a limit of libFuzzer's is reached or something is found; ends the process."""
    words = tuple(one.words())

    def tried(data: bytes) -> None:
        judge(one, data)

    def change(data: bytes, max_bytes: int, seed: int) -> bytes:
        return mutated(data, max_bytes, seed, shape=one.shape, words=words, mutate=atheris.Mutate)

    own = {} if one.shape is Shape.BYTES else {"custom_mutator": change}
    atheris.Setup(["fuzz", *arguments], tried, **own)
    atheris.Fuzz()


def main() -> None:
    """Prepare the folder and search."""
    name, folder, *options = sys.argv[1:]
    logging.getLogger().setLevel(logging.INFO)
    one = loaded(name)
    corpus = Path(folder) / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(one.seeds()):
        (corpus / f"seed-{number:04}").write_bytes(seed)
    words = Path(folder) / "words"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in one.words() if word))
    search(
        one,
        [
            *([f"-dict={words}"] if one.words() else []),
            f"-max_len={max(one.max_bytes, *(len(seed) for seed in one.seeds()), 1)}",
            f"-artifact_prefix={folder}{os.sep}",
            "-timeout=60",
            "-rss_limit_mb=2048",
            "-print_final_stats=1",
            *options,
            str(corpus),
        ],
    )


def _escaped(word: str) -> str:
    """As libFuzzer's dictionaries have it."""
    return "".join(
        chr(one) if 32 <= one < 127 and one not in b'"\\' else f"\\x{one:02x}"
        for one in word.encode("utf-8", "surrogatepass")
    )


if __name__ == "__main__":
    main()
