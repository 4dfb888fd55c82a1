"""The terminal as a chat channel: line editing on a TTY, plain lines on a pipe."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from adapters.terminal.channel import (
    LOCAL_PERSON,
    ActiveButtons,
    DescribedCommands,
    IsKnown,
    RecallButtons,
    Terminal,
    TerminalPorts,
)
from adapters.terminal.language import system_language
from adapters.terminal.pipe import PipeTerminal
from adapters.terminal.words import TerminalWords
from adapters.terminal.zone import system_zone

__all__ = [
    "LOCAL_PERSON",
    "ActiveButtons",
    "IsKnown",
    "PipeTerminal",
    "RecallButtons",
    "Terminal",
    "TerminalPorts",
    "TerminalWords",
    "open_terminal",
    "system_zone",
]

DUMB_TERMINALS = ("", "dumb", "unknown")


def open_terminal(
    ports: TerminalPorts, *, run_id: str, commands: DescribedCommands, history: Path
) -> Terminal:
    """The terminal that this process was started in.

    ``commands`` are completed. ``history``: file of typed lines; created on a TTY
    only, readable only by its owner.
    """
    language = system_language(os.environ)
    if not _can_move_the_cursor():
        return PipeTerminal(ports, zone=system_zone(), language=language, run_id=run_id)
    from adapters.terminal.tty import TtyTerminal  # takes 0.2 s and 10 MB, which a pipe does not need

    return TtyTerminal(
        ports,
        zone=system_zone(),
        language=language,
        run_id=run_id,
        commands=commands,
        history=history,
    )


def _can_move_the_cursor() -> bool:
    ends = (sys.stdin, sys.stdout)
    return (
        all(end and end.isatty() for end in ends) and os.environ.get("TERM", "").lower() not in DUMB_TERMINALS
    )
