"""The terminal as a chat channel: comfortable on a TTY, plain lines on a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from adapters.terminal.channel import PERSON, Known, Offer, Ports, Recall, Terminal
from adapters.terminal.pipe import PipeTerminal
from adapters.terminal.zone import system_zone

__all__ = [
    "PERSON",
    "Known",
    "Offer",
    "PipeTerminal",
    "Ports",
    "Recall",
    "Terminal",
    "open_terminal",
    "system_zone",
]

SIMPLE = ("", "dumb", "unknown")


def open_terminal(ports: Ports, *, run_id: str, commands: Mapping[str, str], history: Path) -> Terminal:
    """The terminal that this process was started in.

    ``commands``: name -> description, for completion. ``history``: the file that typed lines are kept in;
    it is made for the person's eyes only, and only where there is a TTY to type at.
    """
    if not _can_move_the_cursor():
        return PipeTerminal(ports, zone=system_zone(), run_id=run_id)
    from adapters.terminal.tty import TtyTerminal  # takes 0.2 s and 10 MB, which a pipe need not spend

    return TtyTerminal(ports, zone=system_zone(), run_id=run_id, commands=commands, history=history)


def _can_move_the_cursor() -> bool:
    ends = (sys.stdin, sys.stdout)
    return all(end and end.isatty() for end in ends) and os.environ.get("TERM", "").lower() not in SIMPLE
