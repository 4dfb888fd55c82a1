"""Brings the catalogues up to date with the sentences in the code: ``python -m bot.cli.messages``.

New sentences are added without a translation, those that are gone are removed. A sentence that has changed
keeps its former translation, marked as fuzzy: it is not used until somebody has looked at it.
Tests: tests/bot/languages/test_catalogues.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from bot import screens
from bot.conversation.commands import COMMANDS
from bot.languages.catalogue import Plural
from bot.languages.language import CATALOGUE, FOLDER, SOURCE, spoken
from bot.languages.sentences import SourceMessage, messages_of

LINE_WIDTH = 110
SCREENS = Path(screens.__file__).parent


def source_messages() -> Iterator[SourceMessage]:
    """Every message that a catalogue translates: the modules ``texts*`` of ``bot/screens``, and COMMANDS."""
    for file in sorted(SCREENS.glob("texts*.py")):
        yield from messages_of(import_module(f"{screens.__name__}.{file.stem}"))
    for command in COMMANDS.values():
        yield SourceMessage(context=f"COMMANDS.{command.name}", english=command.description)


def read_catalogue(code: str) -> Catalog:
    """The catalogue of a language, as it is in its file."""
    with (FOLDER / code / CATALOGUE).open("rb") as file:
        return read_po(file)


def updated(before: Catalog, messages: Iterator[SourceMessage]) -> Catalog:
    """A catalogue with exactly ``messages``, and the translations of ``before`` that still apply."""
    after = Catalog(locale=before.locale)
    by_context = {one.context: one for one in before if one.id}
    for message in messages:
        _add(after, message, by_context.get(message.context))
    return after


def _add(catalogue: Catalog, message: SourceMessage, former: Message | None) -> None:
    english = message.english
    msgid = english.forms if isinstance(english, Plural) else english
    if former is None or not any(former.string or ()) or former.pluralizable != isinstance(msgid, tuple):
        catalogue.add(msgid, context=message.context)
        return
    kept = former.clone()
    kept.flags |= {"fuzzy"} if former.id != msgid else set()
    kept.id = msgid
    catalogue[msgid] = kept


def content(catalogue: Catalog) -> bytes:
    """The catalogue as its file holds it."""
    file = BytesIO()
    write_po(file, catalogue, width=LINE_WIDTH, no_location=True, omit_header=True)
    return header(catalogue).encode() + file.getvalue()


def header(catalogue: Catalog) -> str:
    """What a reader of the file needs to know, and nothing that changes with every run."""
    fields = {
        "Language": catalogue.locale_identifier,
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": catalogue.plural_forms,
    }
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in fields.items())
    return f'msgid ""\nmsgstr ""\n{lines}\n'


def main() -> None:
    """Write every catalogue anew."""
    for code in spoken():
        if code != SOURCE:
            after = content(updated(read_catalogue(code), source_messages()))
            (FOLDER / code / CATALOGUE).write_bytes(after)


if __name__ == "__main__":
    main()
