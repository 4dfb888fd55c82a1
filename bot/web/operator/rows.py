"""The figures in words: the verdict, what to see at a glance, and the rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.screens import dates
from bot.screens import texts_operator as words
from bot.web.loopback import LOOPBACK
from bot.web.operator import numbers
from bot.web.operator.evaluation_rows import EvaluationRows, evaluation_rows
from bot.web.operator.figures import DAY, WEEK, Figures
from bot.web.operator.plots import Bars, bars
from core.deciding.promotion import ROLLED_BACK
from core.records import DeliveryState, Event, Incident, Spending, TokenStatus
from core.text import clean

WELL, KNOWN, ALARM = "well", "known", "alarm"
"""Levels of the verdict, and classes of the style sheet."""

SECOND = timedelta(seconds=1)
BAD_STATES = frozenset((DeliveryState.UNKNOWN, DeliveryState.REJECTED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether all is well."""

    level: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A figure at a glance."""

    label: str
    value: str
    note: str = ""
    level: str = WELL


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An incident in words."""

    incident: Incident
    title: str
    advice: str
    seen: str
    """Who acknowledged it, and when; that nobody did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: its heading, and the other cells."""

    head: str
    cells: tuple[str, ...]
    level: str = WELL


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything on the page in words."""

    verdict: Verdict
    tiles: tuple[Tile, ...]
    open: tuple[IncidentRow, ...]
    ended: tuple[IncidentRow, ...]
    channels: tuple[Row, ...]
    states: tuple[str, ...]
    """The states of connections that occur: columns of ``connections``."""
    connections: tuple[Row, ...]
    deliveries: tuple[Row, ...]
    backlog: tuple[Row, ...]
    lateness: tuple[Row, ...]
    spending: tuple[Row, ...]
    budget: Row
    calls: Bars
    calls_title: str
    is_model_used: bool
    promotions: tuple[Row, ...]
    evaluation: EvaluationRows


def board(figures: Figures) -> Board:
    """The page in the active language."""
    calls = [(one.spent.calls, one.spent.failures) for one in figures.spending]
    first, last = figures.spending[0].day, figures.spending[-1].day
    most = numbers.whole(max(whole for whole, _ in calls))
    return Board(
        verdict=verdict(figures),
        tiles=tuple(_tiles(figures)),
        open=tuple(map(_incident, figures.incidents.open)),
        ended=tuple(map(_incident, figures.incidents.ended)),
        channels=tuple(_channels(figures)),
        states=tuple(words.STATES[state.value] for state in _states(figures)),
        connections=tuple(_connections(figures)),
        deliveries=tuple(_deliveries(figures)),
        backlog=tuple(_backlog(figures)),
        lateness=tuple(_lateness(figures)),
        spending=tuple(
            Row(head=one.day.isoformat(), cells=_spent(one.spent)) for one in reversed(figures.spending)
        ),
        budget=Row(head=words.BUDGET, cells=_limits(figures.budget.in_all)),
        calls=bars(calls, limit=figures.budget.in_all.calls),
        calls_title=words.MODEL_PLOT.format(first=first.isoformat(), last=last.isoformat(), most=most),
        is_model_used=any(one.spent != Spending() for one in figures.spending),
        promotions=tuple(map(_promotion, figures.promotions)),
        evaluation=evaluation_rows(figures.evaluation),
    )


def verdict(figures: Figures) -> Verdict:
    """What an operator has to know first."""
    found = figures.incidents
    if found.unacknowledged:
        title = words.NEEDS_YOU.of(found.unacknowledged)
        return Verdict(level=ALARM, title=title, text=words.SEE_BELOW)
    if found.open:
        return Verdict(level=KNOWN, title=words.KNOWN.of(len(found.open)), text=words.ALL_KNOWN)
    if any(figures.channels.values()):
        return Verdict(level=KNOWN, title=words.DISCONNECTED, text=words.WATCHED)
    return Verdict(level=WELL, title=words.ALL_WELL, text=words.NOTHING_OPEN)


# --- At a glance -------------------------------------------------------------------------------------------


def _tiles(figures: Figures) -> Iterator[Tile]:
    yield _channel_tile(figures)
    sent = figures.deliveries[DAY]
    lost = sum(sent.get(state, 0) for state in BAD_STATES)
    yield Tile(
        label=words.SENT_TODAY,
        value=numbers.whole(sent.get(DeliveryState.SENT, 0)),
        note=words.NOT_SENT.of(lost) if lost else words.NONE_LOST,
        level=KNOWN if lost else WELL,
    )
    late = figures.lateness[DAY]
    yield Tile(
        label=words.LATENESS_TODAY,
        value=words.P90.format(time=numbers.lasting(max(late.p90, SECOND)))
        if late.p90 is not None
        else words.NOTHING_SENT,
    )
    yield _model_tile(figures)
    waiting, oldest = figures.backlog.updates, figures.backlog.oldest_update_at
    yield Tile(
        label=words.WAITING,
        value=words.UPDATES_WAIT.of(waiting) if waiting else words.NOTHING_WAITS,
        note=words.OLDEST.format(time=numbers.lasting(figures.now - oldest)) if oldest else "",
    )


def _channel_tile(figures: Figures) -> Tile:
    channels = figures.channels
    if not channels:
        names = ", ".join(one.value for one in figures.unwatched)
        return Tile(label=words.CHANNELS, value=names or words.NO_CHANNELS)
    connected = sum(fault is None for fault in channels.values())
    value = words.CONNECTED_OF.format(connected=connected, all=len(channels))
    return Tile(label=words.CHANNELS, value=value, level=WELL if connected == len(channels) else ALARM)


def _model_tile(figures: Figures) -> Tile:
    today, limits = figures.today, figures.budget.in_all
    share = budget_share(today, limits)
    used = words.NO_BUDGET if share is None else words.OF_BUDGET.format(share=dates.percent(min(share, 1.0)))
    failed = words.FAILED.of(today.failures) if today.failures else words.NO_CALL_FAILED
    is_spent = today.reaches(limits)
    return Tile(
        label=words.MODEL_TODAY,
        value=words.CALLS.of(today.calls),
        note=f"{used} · {failed}",
        level=KNOWN if is_spent or today.failures else WELL,
    )


def budget_share(spent: Spending, limit: Spending) -> float | None:
    """The largest share of a limit that is spent; None without limits."""
    pairs = (spent.calls, limit.calls), (spent.tokens, limit.tokens), (spent.micros, limit.micros)
    return max((used / most for used, most in pairs if most), default=None)


# --- Tables ------------------------------------------------------------------------------------------------


def _incident(incident: Incident) -> IncidentRow:
    title = words.KINDS[incident.kind.value]
    return IncidentRow(
        incident=incident,
        title=f"{title}: {incident.subject}" if incident.subject else title,
        advice=words.WHAT_TO_DO[incident.kind.value],
        seen=_seen(incident),
    )


def _seen(incident: Incident) -> str:
    if incident.acknowledged_at is None:
        return words.NOT_ACKNOWLEDGED
    who = clean(incident.acknowledged_by or "", 60)
    who = words.LOOPBACK if who == LOOPBACK else who
    return words.ACKNOWLEDGED.format(operator=who, time=numbers.moment(incident.acknowledged_at))


def _channels(figures: Figures) -> Iterator[Row]:
    for channel, fault in figures.channels.items():
        state = words.NO_CONNECTION.format(fault=clean(fault, 60)) if fault else words.CONNECTED
        yield Row(head=channel.value, cells=(state,), level=ALARM if fault else WELL)
    for channel in figures.unwatched:
        yield Row(head=channel.value, cells=(words.NOT_WATCHED,))


def _connections(figures: Figures) -> Iterator[Row]:
    counts = {(one.provider, one.status): one.count for one in figures.connections}
    for provider in dict.fromkeys(one.provider for one in figures.connections):
        found = [counts.get((provider, status), 0) for status in _states(figures)]
        is_well = not counts.get((provider, TokenStatus.MISSING))
        cells = tuple(numbers.whole(count) if count else "–" for count in found)
        yield Row(head=clean(provider, 40), cells=cells, level=WELL if is_well else ALARM)


def _states(figures: Figures) -> list[TokenStatus]:
    found = {one.status for one in figures.connections}
    return [status for status in TokenStatus if status in found]


def _deliveries(figures: Figures) -> Iterator[Row]:
    for state in DeliveryState:
        now = figures.backlog.deliveries.get(state, 0) if state in _UNFINISHED else None
        counts = [figures.deliveries[span].get(state, 0) for span in (DAY, WEEK)]
        cells = (*map(numbers.whole, counts), "" if now is None else numbers.whole(now))
        level = KNOWN if state in BAD_STATES and counts[0] else WELL
        yield Row(head=words.DELIVERY_STATES[state.value], cells=cells, level=level)


_UNFINISHED = (DeliveryState.RESERVED, DeliveryState.SENDING)


def _backlog(figures: Figures) -> Iterator[Row]:
    waits = figures.backlog
    for head, count in (
        (words.WAITING_UPDATES, waits.updates),
        (words.WAITING_PEOPLE, waits.people_due),
        (words.WAITING_EVENTS, waits.events),
    ):
        yield Row(head=head, cells=(numbers.whole(count),))


def _lateness(figures: Figures) -> Iterator[Row]:
    spans: tuple[tuple[timedelta, str], ...] = ((DAY, words.DAY), (WEEK, words.WEEK))
    for span, head in spans:
        late = figures.lateness[span]
        times = (numbers.lasting(one) or "–" for one in (late.p50, late.p90, late.p99))
        level = KNOWN if late.missed else WELL
        cells = (numbers.whole(late.count), *times, numbers.whole(late.missed))
        yield Row(head=head, cells=cells, level=level)


def _spent(spent: Spending) -> tuple[str, ...]:
    counts = map(numbers.whole, (spent.calls, spent.failures, spent.tokens))
    return (*counts, numbers.money(spent.micros))


def _limits(limit: Spending) -> tuple[str, ...]:
    calls, tokens = (numbers.whole(one) if one else words.UNLIMITED for one in (limit.calls, limit.tokens))
    return calls, "", tokens, numbers.money(limit.micros) if limit.micros else words.UNLIMITED


def _promotion(event: Event) -> Row:
    policy, over = (clean(str(event.data.get(name, "")), 80) for name in ("policy_id", "over"))
    sentence = words.ROLLED_BACK if event.kind == ROLLED_BACK else words.PROMOTED
    return Row(head=numbers.moment(event.happened_at), cells=(sentence.format(policy=policy, over=over),))
