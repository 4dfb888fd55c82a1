"""The state of a delivery after an attempt.

Tests: tests/core/delivery/test_send.py.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

from core.dependencies import Dependencies
from core.errors import NotSent, SendFailed, SendRejected, Unreachable
from core.records import Delivery, DeliveryState, Reason

log = logging.getLogger(__name__)

MAX_BACKOFF = timedelta(minutes=1)
"""The longest wait between two attempts, unless the platform asks for a longer one."""


MAX_DOUBLINGS = 20
"""Enough to reach ``MAX_BACKOFF`` from any backoff, and no number that is too large for a time."""


def after_fault(
    delivery: Delivery, fault: SendFailed, deps: Dependencies, *, persistent: bool = False
) -> Delivery:
    """The delivery in the state that follows from ``fault``. Only what provably never left is retried."""
    is_news = delivery.attempt <= 1 or not isinstance(fault, NotSent)
    level = logging.WARNING if is_news else logging.DEBUG
    log.log(level, "delivery %s: %s: %s", delivery.delivery_id, type(fault).__name__, fault)
    if isinstance(fault, NotSent):
        return _not_sent(delivery, fault, deps, persistent=persistent)
    if isinstance(fault, SendRejected):
        reason = Reason.UNREACHABLE.value if isinstance(fault, Unreachable) else "rejected"
        return moved(delivery, DeliveryState.REJECTED, deps, reason=reason)
    return moved(delivery, DeliveryState.UNKNOWN, deps, reason="no_clear_answer")


def _not_sent(delivery: Delivery, fault: NotSent, deps: Dependencies, *, persistent: bool) -> Delivery:
    """Retry with exponential backoff, backoff * 2^(attempt - 1) up to ``MAX_BACKOFF``, and abandon after the
    last attempt. Something ``persistent`` has no last attempt.
    """
    rules = deps.rules.delivery
    if delivery.attempt >= rules.attempts and not persistent:
        return moved(delivery, DeliveryState.ABANDONED, deps, reason="not_sent")
    doublings = min(delivery.attempt - 1, MAX_DOUBLINGS)
    backoff = min(rules.backoff * 2**doublings, max(rules.backoff, MAX_BACKOFF))
    pause = max(timedelta(seconds=fault.retry_after), backoff)
    again = moved(delivery, DeliveryState.RESERVED, deps, reason="not_sent")
    return replace(again, not_before=again.changed_at + pause)


def moved(
    delivery: Delivery, state: DeliveryState, deps: Dependencies, *, reason: str | None = None
) -> Delivery:
    return replace(delivery, state=state, changed_at=deps.clock.now(), reason=reason)
