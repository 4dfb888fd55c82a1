"""Commands: ``/tip 20 min``, as every channel writes them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from core.text import clean

MAX_ARGUMENT_LENGTH = 1000  # code points

_COMMAND = re.compile(r"/([a-z_]{1,32})(?:@[a-z0-9_]{1,64})?(?: (.*))?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A known command."""

    name: str
    """In lower case, without the slash."""
    argument: str = ""
    """The rest of the text, cleaned, as one line."""
    typed: str = field(default="", compare=False)
    """The rest of the text as typed, with its line breaks."""


def parse_command(text: str, names: Collection[str]) -> Command | None:
    """The command; None for other texts, and for a name that is not in ``names``."""
    found = _COMMAND.fullmatch(clean(text, MAX_ARGUMENT_LENGTH + 100))
    if found is None or found[1].lower() not in names:
        return None
    typed = text.strip().partition(text.split(maxsplit=1)[0])[2].strip()
    argument = clean(found[2] or "", MAX_ARGUMENT_LENGTH)
    return Command(name=found[1].lower(), argument=argument, typed=typed if argument else "")
