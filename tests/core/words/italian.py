"""A phrasebook that somebody has just begun: Italian, with what a few messages need, and nothing else.

``write_italian`` makes a folder of it as the recipe in CONTRIBUTING says: all constants of English, empty but
for these.
"""

from __future__ import annotations

import ast
from pathlib import Path
from types import ModuleType

from core.words.phrasebooks.books import (
    changes,
    corrections,
    occasions,
    questions,
    requests,
    schedules,
    service,
    small_talk,
    spelling,
    talk,
    telling,
    times,
    wishes,
)

_CHAPTERS = {
    "changes": changes, "corrections": corrections, "occasions": occasions, "questions": questions,
    "requests": requests, "schedules": schedules, "service": service,
    "small_talk": small_talk, "spelling": spelling,
    "talk": talk, "telling": telling, "times": times, "wishes": wishes,
}  # fmt: skip

_ITALIAN = {
    "times": """
from core.words.phrasebooks.time_words import TimeWords
_DAYS = {"lunedi": "monday", "martedi": "tuesday", "venerdi": "friday", "venerdì": "friday"}
TIMES = TimeWords(
    words={
        **_DAYS, "oggi": "today", "domani": "tomorrow", "ogni": "every", "giorno": "day", "di": "of",
        "ora": "hour", "ore": "hours", "minuti": "minutes", "settimana": "week",
    },
    phrases={
        "alle #": "at {}", "fra #": "in {}", "fra un": "in a", "fra una": "in a",
        "la prossima settimana": "next week", "ogni giorno": "every day",
    },
    numbers={"due": "2", "tre": "3", "dieci": "10", "venti": "20"},
    weekdays=_DAYS,
    months={"gennaio": "january"},
    sure=frozenset("oggi domani lunedi martedi venerdi venerdì ricordami fra ogni sposta giorno".split()),
    hints=frozenset("di il la alle".split()),
    shown_by=r"alle \\\\d",
    shown_words=frozenset(("alle",)),
    others=frozenset("the to and der die und le les des el los".split()),
)
""",
    "talk": r"""
PLEASE, THANKING = "per favore", "grazie"
GREETING, THANKS, HELP = ("buongiorno",), ("grazie(?: mille)?",), ("aiuto",)
NOT_NOW, WHY, UNDO = ("non (?:ora|adesso)",), ("perché",), ("annulla",)
LIST_TASKS = ("(?:mostrami )?i miei compiti",)
DONE, COMPLETED = ("fatto",), (r"(?:ho )?(?:fatto|finito) (?P<finito>.+)",)
BE_SILENT, SILENCE_LASTS = "silenzio", "fino a .+"
TODAY, AGENDA = "oggi", ("cosa devo fare <day>",)
SPEAK = ("parla(?:mi)? (?:in )?<name>",)
""",
    "wishes": r"""
REMINDERS, CONNECTORS = (r"ricordami",), (r"di[\s,:]+",)
TO_LIST, HAVE_TO = (r"aggiungi (?P<aggiungi>.+)",), (r"devo (?P<devo>.+)",)
""",
    "requests": r"""
DELETE = (r"cancella (.+)",)
TASK_NAMED, ARTICLES = (r"il compito (.+)",), "il |la |i |le "
""",
    "changes": r"""
from core.words.phrasebooks.change_phrase import phrases
DATES = phrases("when", r"sposta (?P<rest>.+)", joints=" a(?= )")
TITLES = phrases("rename", r"rinomina (?P<title>.+?) in (?P<value>.+)")
""",
    "schedules": "",
    "service": "",
    "small_talk": "",
    "telling": r"""
TELLING, JOINING = "devo domani oggi ricordami mio mia", "il la di e un una con per"
LANGUAGE_NAMES = {"it": "italiano", "en": "inglese"}
""",
}


def write_italian(folder: Path) -> None:
    """The phrasebook ``it`` in the folder."""
    book = folder / "it"
    book.mkdir()
    (book / "__init__.py").write_text('"""Italian."""\n')
    for name, chapter in _CHAPTERS.items():
        empty = (
            f"{constant} = {_empty(value)}\n" for constant, value in constants(chapter.books["en"]).items()
        )
        (book / f"{name}.py").write_text("".join(empty) + _ITALIAN.get(name, "").replace("\\\\\\\\", "\\\\"))


def constants(book: ModuleType) -> dict[str, object]:
    """The public constants that a module of a phrasebook declares."""
    tree = ast.parse(Path(str(book.__file__)).read_text(encoding="utf-8"))
    targets = (one for node in tree.body for one in _targets(node))
    names = (one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))
    return {name: getattr(book, name) for name in names if not name.startswith("_")}


def _targets(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.AnnAssign):
        return [node.target]
    return node.targets if isinstance(node, ast.Assign) else []


def _empty(value: object) -> str:
    kinds: tuple[tuple[type, str], ...] = ((str, '""'), (tuple, "()"), (dict, "{}"))
    return next((empty for kind, empty in kinds if isinstance(value, kind)), "None")
