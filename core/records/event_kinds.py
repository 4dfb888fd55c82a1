"""The kinds of events, and what each holds: ids, codes and figures. ``proto/`` has the same as schemas.

Tests: tests/adapters/nats/test_schemas.py.
"""

from __future__ import annotations

_TASK = "task_id source"
_TIP = "decision_id"
_REACTION = "decision_id reaction reason late"
_DELIVERY = "delivery_id decision_id reason"
_DECISION = "decision_id trigger slot reason"

_FIELDS = {
    "task.added": f"{_TASK} parent_id",
    "task.completed": _TASK,
    "task.reopened": _TASK,
    "task.changed": f"{_TASK} fields due_before due_after pieces",
    "task.removed": f"{_TASK} pieces",
    "task.restored": f"{_TASK} pieces",
    "task.change_refused": _TASK,
    "task.done_elsewhere": _TASK,
    "task.gone_elsewhere": _TASK,
    "task.reopened_elsewhere": _TASK,
    "task.moved_elsewhere": f"{_TASK} due_before due_after",
    "tasks.imported": "tasks",
    "tasks.import_undone": "tasks",
    "decision.made": f"{_DECISION} policy_id propensity",
    "decision.refused": _DECISION,
    "delivery.reserved": _DELIVERY,
    "delivery.sending": _DELIVERY,
    "delivery.sent": _DELIVERY,
    "delivery.rejected": _DELIVERY,
    "delivery.unknown": _DELIVERY,
    "delivery.abandoned": _DELIVERY,
    "reaction.taken": _REACTION,
    "reaction.undone": _REACTION,
    "tip.followed": _TIP,
    "tip.ignored": _TIP,
    "reward.given": f"{_TIP} signal value learned given_at",
    "reward.retracted": _TIP,
    "belief.corrected": "correction_id state lessons value given_at",
    "learned.erased": "",
    "dosage.changed": "most_a_day",
    "policy.promoted": "policy_id over decisions effective mean_weight error earns more least",
    "policy.rolled_back": "policy_id over",
    "account.joined": "channel owner",
    "account.left": "channel copies",
    "account.unsubscribed": "channel",
    "person.changed": "what",
    "person.deleted": "deleted_id merged_into",
    "people.merged": "channel",
    "session.opened": "session_id",
    "session.ended": "session_id count",
    "token.made": "token_id",
    "token.revoked": "token_id",
    "identity.linked": "",
    "identity.unlinked": "",
    "integration.connected": "provider",
    "integration.disconnected": "provider",
    "calendar.connected": "provider",
    "calendar.disconnected": "provider",
}

EVENT_FIELDS: dict[str, frozenset[str]] = {
    kind: frozenset(fields.split()) for kind, fields in _FIELDS.items()
}
"""What leaves the database, by kind. ``features`` of ``decision.made`` and ``belief.corrected`` come from
their rows.
"""

UNPUBLISHED = frozenset({"origin", "moved_from"})
"""Fields of events that stay in the database: the name of an update on its platform, and the date that a
repeating task had when that update completed it.
"""

LISTS = {"fields": ",", "pieces": "\n"}
"""Fields that are lists, with what stands between their items."""

MOMENTS = frozenset({"given_at"})
"""Fields that are instants, stored in ISO 8601."""

WITH_FEATURES = frozenset({"decision.made", "belief.corrected"})
"""Kinds that carry features."""
