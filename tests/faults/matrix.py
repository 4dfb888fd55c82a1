"""The whole matrix: its cells, and the page that shows them.

Tests: tests/faults/test_faults.py.
"""

from __future__ import annotations

import resource
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import cells, files
from tests.faults.cells import Cell
from tests.faults.channels import Mail, Slack, Telegram, WebPush
from tests.faults.engines import Model, Nats, Postgresql
from tests.faults.house import house
from tests.faults.kinds import KINDS
from tests.faults.service import Service
from tests.faults.sources import CalDav, Feed, Todoist

PAGE = Path(__file__).parents[2] / "docs/reference/faults.md"

SERVICES: tuple[type[Service], ...] = (
    Telegram,
    Slack,
    Todoist,
    CalDav,
    Feed,
    Model,
    Postgresql,
    Nats,
    Mail,
    WebPush,
)


def existing() -> Iterator[tuple[str, str]]:
    """Service and fault of each cell."""
    for service in SERVICES:
        for kind in service.wire.kinds:
            yield service.name, kind.name
    for trouble in files.TROUBLES:
        yield files.NAME, trouble


async def play(service: Service, faults: Collection[str] = ()) -> AsyncIterator[Cell]:
    """The cells of one service, one after the other on the same oO. ``faults`` empty: all."""
    with TemporaryDirectory(prefix="oo-faults-") as folder:
        async with house(Path(folder), [service]) as here:
            for kind in service.wire.kinds:
                if not faults or kind.name in faults:
                    yield await cells.run(here, service, kind)


async def play_files(faults: Collection[str] = ()) -> AsyncIterator[Cell]:
    """The cells of the database's file."""
    for number, trouble in enumerate(files.TROUBLES):
        if not faults or trouble in faults:
            with TemporaryDirectory(prefix="oo-faults-") as folder:
                yield await files.run(Path(folder) / f"disk{number}", trouble)


def megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --- The page ----------------------------------------------------------------------------------------------

HEAD = """# Faults

`python -m tests.faults --write` wrote this page. It puts a proxy between oO and each service and plays a
fault while oO does what the service is for. All faults of a service strike the same running oO, one after the
other: a cell whose service was not used again with success, without a restart, would say STUCK. What happened
is read from the records of the services, which are local and strict.

oO's time limits are shortened for it (`tests/faults/limits.py`): what waits 10 s or more in the product waits
1.5 s.

| verdict | meaning |
|---|---|
| done | it happened once, while the fault went on |
| later | it happened once, after the fault, without anybody's doing |
| unknown | the service may have done it; oO says that it does not know, and did not repeat it |
| without | people were served without the service |
| asked again | nothing happened, the person was told so, and it worked when they tried again |
| LOST, TWICE | it did not happen and nothing says so; it happened twice |
| WRONG | oO says the opposite of what happened |
| HUNG, STUCK | oO waited far beyond its limits; it needs a restart |
| NOISY | it writes more than 40 lines |
| – | the fault does not exist in that protocol |

"""


def page(found: Sequence[Cell]) -> str:
    """The page."""
    parts = [HEAD, *_matrix(found), "\n", *_files(found), "\n", *_figures(found), "\n", *_meanings()]
    return "".join(f"{line}\n" if line and not line.endswith("\n") else line for line in parts)


def _matrix(found: Sequence[Cell]) -> Iterator[str]:
    by_place = {(one.service, one.fault): one for one in found}
    names = [service.name for service in SERVICES]
    yield f"| | {' | '.join(names)} |"
    yield f"|---{'|---' * len(names)}|"
    purposes = (service.purpose for service in SERVICES)
    yield f"| *what oO does* | {' | '.join(f'*{one}*' for one in purposes)} |"
    for kind in KINDS:
        cells_of = (by_place.get((name, kind.name)) for name in names)
        yield f"| {kind.name} | {' | '.join(one.words if one else '–' for one in cells_of)} |"


def _files(found: Sequence[Cell]) -> Iterator[str]:
    yield "The file of the database under `oo run`, while tasks are typed:"
    yield "\n"
    yield "| | verdict |"
    yield "|---|---|"
    by_fault = {one.fault: one for one in found if one.service == files.NAME}
    for trouble in files.TROUBLES:
        yield f"| {trouble} | {by_fault[trouble].words if trouble in by_fault else 'not tried'} |"


def _figures(found: Sequence[Cell]) -> Iterator[str]:
    yield (
        "The worst of all cells. A recovery is in seconds of oO's clock, from the end of the fault until the"
        " service was used with success; pauses that a service asked for are part of it. A tap elsewhere is"
        " one on another channel during the fault, in seconds."
    )
    yield "\n"
    yield "| service | recovery | tap elsewhere | lines of warnings |"
    yield "|---|--:|--:|--:|"
    for name in dict.fromkeys(one.service for one in found):
        own = [one for one in found if one.service == name]
        taps = [one.others for one in own if one.others is not None]
        tap = f"{max(taps):.1f}" if taps else "–"
        recovered, most = max(one.recovered for one in own), max(one.lines for one in own)
        yield f"| {name} | {recovered:.0f} | {tap} | {most} |"


def _meanings() -> Iterator[str]:
    yield "| fault | what happens |"
    yield "|---|---|"
    for kind in KINDS:
        yield f"| {kind.name} | {kind.meaning} |"
