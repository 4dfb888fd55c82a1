"""Draws the trace of one tap: ``.venv/bin/python -m tests.tap_trace`` writes ``docs/trace.svg``.

Two replicas on one PostgreSQL, a local Telegram and a local collector. The first replica sends a tip and
accepts the tap on it; it is killed before it has answered. The second one takes the tap over and answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.scenarios.oo import Serving, place_from_scratch
from tests.servers import postgres
from tests.servers.otlp import Collector, Span
from tests.servers.telegram import Fault, Message, Person, TelegramServer
from tests.waiting import WAIT_LIMIT

WIDTH, LEFT, ROW, MARGIN = 980, 300, 24, 16
COLOURS = ("#4c78a8", "#e07b39")
STYLE = """text{font:13px ui-sans-serif,system-ui,'DejaVu Sans',sans-serif;fill:#222}
.small{font-size:11px;fill:#666}
.head{font-weight:600}rect.page{fill:#fff}line{stroke:#ddd}
line.cut{stroke:#999;stroke-dasharray:3 3}"""


async def shown() -> tuple[Collector, Span]:
    """What the collector got, and the span of the tap's acceptance."""
    with TemporaryDirectory() as folder:
        async with TelegramServer(flood=None) as telegram, Collector() as collector:
            environment = {
                "DATABASE_URL": postgres.new_database(),
                "TELEGRAM_BOT_TOKEN": telegram.token,
                "TELEGRAM_API_URL": telegram.url,
                "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
                "OTEL_BSP_SCHEDULE_DELAY": "100",
            }
            first, second = (place_from_scratch(Path(folder, name), **environment) for name in "12")
            ann = telegram.user(7, "Ann")
            async with first.serving() as killed:
                tip = await sent_tip(killed, ann)
                async with second.serving():
                    telegram.faults.next("answerCallbackQuery", Fault.HANG)
                    await ann.tap(tip, "Done")
                    accepted = await expect_tap(collector, "accept update")
                    await asyncio.sleep(1)
                    killed.kill()
                    await ann.expect_edit(tip)
                    await asyncio.sleep(1)
            return collector, accepted


async def sent_tip(oo: Serving, ann: Person) -> Message:
    """Ann becomes the owner, adds a task and asks for a tip."""
    code = (await oo.expect_line("/start ")).split()[-1]
    await ann.send(f"/start {code}")
    await ann.tap(await ann.expect_message(), "Agree and start")
    for text in ("", "Berlin", "/add pay rent tomorrow at 9", "/tip"):
        if text:
            await ann.send(text)
        message = await ann.expect_message()
    return message


async def expect_tap(collector: Collector, name: str) -> Span:
    """The span of that name about a tap on the tip."""
    async with asyncio.timeout(WAIT_LIMIT):
        while True:
            found = [one for one in collector.named(name) if one.attributes["oo.update"] == "tapped"]
            if len(found) > 1:  # the first one agreed to the terms
                return found[-1]
            await asyncio.sleep(0.05)


def drawn(collector: Collector, accepted: Span) -> str:
    """The trace of the tip, and below it that of the tap, each with a time axis of its own."""
    tap = in_order(collector, accepted.trace)
    linked = next(iter(link for one in tap for link in one.links))
    origin = next(one for one in collector.spans if one.span == linked)
    processes = list(
        dict.fromkeys(one.process for one in sorted(collector.spans, key=lambda one: one.started))
    )
    parts, top = [], MARGIN
    for title, spans in (
        ("The tip: asked for, decided and sent", in_order(collector, origin.trace)),
        ("The tap on it: accepted by one replica, answered by the other", tap),
    ):
        block, top = block_of(title, spans, processes, top, linked)
        parts.append(block)
    legend = "".join(
        f'<rect x="{MARGIN + number * 150}" y="{top}" width="12" height="12" fill="{COLOURS[number]}"/>'
        f'<text x="{MARGIN + 18 + number * 150}" y="{top + 11}">replica {number + 1}</text>'
        for number in range(len(processes))
    )
    height = top + 28
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="Trace of a tip and of a tap on it"><style>{STYLE}</style>'
        f'<rect class="page" width="{WIDTH}" height="{height}"/>{"".join(parts)}{legend}</svg>\n'
    )


def in_order(collector: Collector, trace: str) -> list[Span]:
    """The spans of a trace, each below the one that it is in."""
    spans = sorted((one for one in collector.spans if one.trace == trace), key=lambda one: one.started)
    known = {one.span for one in spans}

    def below(parents: Iterable[Span]) -> Iterable[Span]:
        for one in parents:
            yield one
            yield from below(child for child in spans if child.parent == one.span)

    return list(below(one for one in spans if one.parent not in known))


def block_of(title: str, spans: list[Span], processes: list[int], top: int, linked: str) -> tuple[str, int]:
    """One trace drawn from ``top`` on, and where it ends. A pause of more than 100 ms is cut out."""
    cuts = pauses(spans)

    def offset(at: int) -> float:
        return (at - spans[0].started - sum(min(max(at - a, 0), b - a) for a, b in cuts)) / 1e6

    total = max(offset(one.ended) for one in spans)
    scale = (WIDTH - LEFT - 90) / total
    depth = {one.span: 0 for one in spans}
    known = {one.span for one in spans}
    out = [f'<text class="head" x="{MARGIN}" y="{top + 14}">{escape(title)}</text>']
    y = top + 26
    for one in spans:
        depth[one.span] = depth.get(one.parent, -1) + 1
        x, width = (
            LEFT + offset(one.started) * scale,
            max((offset(one.ended) - offset(one.started)) * scale, 2),
        )
        name = (
            one.name + (" ← link" if one.span == linked else "") + (" → link to the tip" if one.links else "")
        )
        name += "" if one.parent in known or not one.parent else " (in the attempt that was killed)"
        out.append(f'<line x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{y + ROW}" y2="{y + ROW}"/>')
        out.append(f'<text x="{MARGIN + 14 * depth[one.span]}" y="{y + 16}">{escape(name)}</text>')
        colour = COLOURS[processes.index(one.process) % len(COLOURS)]
        out.append(f'<rect x="{x:.1f}" y="{y + 5}" width="{width:.1f}" height="14" rx="2" fill="{colour}"/>')
        took = (one.ended - one.started) / 1e6
        out.append(f'<text class="small" x="{x + width + 5:.1f}" y="{y + 16}">{took:.1f} ms</text>')
        y += ROW
    for start, end in cuts:
        x, away = LEFT + offset(start) * scale, f"{(end - start) / 1e9:.1f} s: killed, taken over"
        out.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top + 26}" y2="{y}" class="cut"/>'
            f'<text class="small" x="{x + 4:.1f}" y="{y + 12}">{away}</text>'
        )
    return "".join(out), y + MARGIN


def pauses(spans: list[Span]) -> list[tuple[int, int]]:
    """The times of more than 100 ms in which nothing ran."""
    found, busy = [], spans[0].ended
    for one in sorted(spans, key=lambda one: one.started):
        if one.started - busy > 100_000_000:
            found.append((busy, one.started))
        busy = max(busy, one.ended)
    return found


if __name__ == "__main__":
    (Path(__file__).parents[1] / "docs" / "trace.svg").write_text(
        drawn(*asyncio.run(shown())), encoding="utf-8"
    )
