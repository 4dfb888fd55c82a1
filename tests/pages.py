"""The documentation as tests read it: every page of the site, by its path."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    if path.name != "navigation.md"
}

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`]+)`")
_ROW = re.compile(r"^\| `([^`]+)` \| ([^|]*) \|", re.MULTILINE)
_BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def section(text: str, heading: str) -> str:
    """What stands under ``heading``, up to the next one of its level."""
    level = heading.split(" ")[0]
    return re.split(rf"^#{{1,{len(level)}}} ", text.split(f"\n{heading}\n", 1)[1], flags=re.MULTILINE)[0]


def rows(text: str) -> dict[str, str]:
    """The first two cells of every table row that begins with a word of code."""
    return {key: value.strip() for key, value in _ROW.findall(text)}


def blocks(text: str, language: str) -> list[str]:
    """The blocks of code in ``language``."""
    return [code for marked, code in _BLOCK.findall(text) if marked == language]


def code(text: str) -> list[str]:
    """All code of a page: words within a sentence, and the lines of blocks."""
    lines = [line.strip() for _, block in _BLOCK.findall(text) for line in block.splitlines()]
    return CODE.findall(_BLOCK.sub("", text)) + lines
