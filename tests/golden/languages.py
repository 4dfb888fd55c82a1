"""Every golden message in each language. ``python -m tests.golden.languages`` writes a file for each."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from adapters.terminal.render import render_plain
from bot.languages.active import speaking
from bot.languages.language import SOURCE, language_of, spoken
from core.chat import Message
from tests.golden.screens import with_tokens

FOLDER = Path(__file__).parent / "languages"
TRANSLATED = [code for code in spoken() if code != SOURCE]


def messages_in(tag: str) -> Mapping[str, Message]:
    """All golden messages, made while that language is spoken."""
    with _made_anew("tests.golden."), speaking(language_of(tag)):
        made: Mapping[str, Message] = import_module("tests.golden.messages").MESSAGES
        return made


@contextmanager
def _made_anew(package: str) -> Iterator[None]:
    """Modules whose names begin with ``package`` are imported afresh in the block."""
    kept = {name: module for name, module in sys.modules.items() if name.startswith(package)}
    for name in kept:
        del sys.modules[name]
    try:
        yield
    finally:
        sys.modules.update(kept)


def text_in(tag: str) -> str:
    """All golden messages in a language, as a terminal shows them."""
    shown = (f"=== {name}\n{render_plain(with_tokens(said))}\n" for name, said in messages_in(tag).items())
    return "\n".join(shown)


def write() -> None:
    """Make the files anew; what changed is for a person who speaks the language to judge."""
    FOLDER.mkdir(exist_ok=True)
    for code in TRANSLATED:
        (FOLDER / f"{code}.txt").write_text(text_in(code), encoding="utf-8")


if __name__ == "__main__":
    write()
