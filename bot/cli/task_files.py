"""``oo import`` and ``oo export --tasks``: files of tasks, for one person.

Tests: tests/scenarios/test_task_files.py.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from adapters.terminal.files import read_file
from bot.app import App, open_app
from bot.cli.operator import find_person
from bot.conversation.task_files import format_named
from bot.screens import texts_files
from bot.screens.task_files import MAX_FILE_BYTES, file_fault, offered
from bot.settings import Settings
from core.errors import FileUnusable, NotFound, OoError
from core.records import Consent, Person
from core.scheduling.timezones import zone_of
from core.tasks.exports import export_tasks
from core.tasks.imports import ImportOffer, add_import, drop_import, offer_import

ORIGIN = "command-line"


class FileRefused(OoError):
    """What is wrong with a file, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, or would do."""

    offer: ImportOffer
    added: int
    """0 if it was tried only."""
    text: str

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "new": len(self.offer.new),
            "known": self.offer.known,
            "changed": self.offer.changed,
            "left_out": self.offer.left_out,
            "no_room": self.offer.no_room,
            "unreadable_lines": list(self.offer.unreadable),
            "added": self.added,
        }


async def import_file(settings: Settings, file: Path, name: str, *, dry_run: bool) -> ImportReport:
    """Add the new tasks of a file to a person's list. Raises ``FileRefused``, ``NotFound``."""
    async with open_app(settings) as app:
        person = await _agreed(app, name)
        offer = await _offer(app, person, file)
        added = 0
        if offer.new and dry_run:
            await drop_import(offer.import_id, person, app.deps)
        elif offer.new:
            added = (await add_import(offer.import_id, person, app.deps)).tasks
        shown = offered(offer, app.deps.clock.now(), zone_of(person)).text
    done = texts_files.IMPORT_ADDED_ONE if added == 1 else texts_files.IMPORT_ADDED.format(number=added)
    return ImportReport(offer=offer, added=added, text=f"{shown}\n{done}" if added else shown)


async def _agreed(app: App, name: str) -> Person:
    person = await find_person(app, name)
    if person.consent is not Consent.AGREED:
        raise NotFound(f"{name} has not agreed that oO stores their tasks")
    return person


async def _offer(app: App, person: Person, file: Path) -> ImportOffer:
    now = app.deps.clock.now()
    try:
        content = await asyncio.to_thread(read_file, str(file), max_bytes=MAX_FILE_BYTES)
        read = await asyncio.to_thread(
            app.deps.task_files.read, content, name=file.name, now=now, zone=zone_of(person)
        )
    except FileUnusable as fault:
        raise FileRefused(file_fault(fault)) from fault
    return await offer_import(person, app.deps, read, origin=f"{ORIGIN}-{app.deps.random.new_id()}")


async def export_open_tasks(settings: Settings, name: str, format_name: str) -> bytes:
    """A person's open tasks as a file. Raises ``FileRefused`` for an unknown format."""
    format = format_named(format_name)
    if format is None:
        raise FileRefused(f"{format_name!r} is not one of {', '.join(texts_files.FORMAT_LABELS)}")
    async with open_app(settings) as app:
        person = await find_person(app, name)
        return await export_tasks(person, app.deps, format, zone=zone_of(person)) or b""
