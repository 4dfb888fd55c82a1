"""Numbers and times as the operator reads them, in the active language."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.languages.active import active
from bot.languages.language import ENGLISH
from bot.screens import dates, texts_operator
from core.records import MICROS

_MINUTE = timedelta(minutes=1)


def whole(number: int) -> str:
    """``12,345``; in German ``12.345``."""
    return _decimal(number, "#,##0")


def money(micros: int) -> str:
    """``0.0213``: with four decimals, as a call costs little."""
    return _decimal(micros / MICROS, "#,##0.00##")


def reward(value: float) -> str:
    """``+0.0123``, with a minus sign instead of a hyphen and without a negative zero."""
    return _decimal(round(value, 4) + 0.0, "+0.0000;−0.0000")


def interval(low: float | None, high: float | None) -> str:
    """``−0.0100 … +0.0300``; empty without one."""
    return "" if low is None or high is None else f"{reward(low)} … {reward(high)}"


def weight(value: float) -> str:
    """``0.973``."""
    return _decimal(value, "0.000")


def _decimal(value: float, pattern: str) -> str:
    from babel.numbers import format_decimal  # babel takes 20 ms, which nobody needs at start

    code = "en" if active() == ENGLISH else active().code
    return str(format_decimal(value, pattern, locale=code)).replace("-", "−")


def lasting(length: timedelta | None) -> str:
    """``3 minutes``, ``4 seconds``, ``under a second``; empty for None."""
    if length is None:
        return ""
    if length >= _MINUTE:
        return dates.span(length)
    seconds = int(length.total_seconds())
    return texts_operator.SECONDS.of(seconds) if seconds else texts_operator.UNDER_A_SECOND


def moment(at: datetime) -> str:
    """``2026-05-06 09:30``, in UTC: sortable, and the same in every log."""
    return f"{at:%Y-%m-%d %H:%M}"
