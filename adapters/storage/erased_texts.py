"""Old texts in the decision log are erased.

Tests: tests/contracts/store/test_decisions.py, tests/jobs/test_prune.py.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, case, select, tuple_, update

from adapters.storage.rows import LIMIT
from adapters.storage.tables import decisions, tip_scores
from core.records import TipSource
from core.store import LogPlace

_FIRST = (
    select(decisions.c.decision_id, decisions.c.decided_at, decisions.c.context)
    .where(decisions.c.decided_at < bindparam("before"))
    .order_by(decisions.c.decided_at, decisions.c.decision_id)
    .limit(LIMIT)
)
_NEXT = _FIRST.where(
    decisions.c.decided_at >= bindparam("at"),
    tuple_(decisions.c.decided_at, decisions.c.decision_id) > tuple_(bindparam("at"), bindparam("last")),
)
_CONTEXT = (
    update(decisions).where(decisions.c.decision_id == bindparam("which")).values(context=bindparam("kept"))
)
_CANDIDATES = (
    update(tip_scores)
    .where(tip_scores.c.decision_id == bindparam("which"))
    .values(
        content="",
        # Otherwise it is a code.
        rationale=case((tip_scores.c.source == TipSource.LLM, ""), else_=tip_scores.c.rationale),
    )
)


def erase_texts(
    connection: Connection, after: LogPlace | None, before: datetime, limit: int
) -> LogPlace | None:
    """As ``core.store.Decisions.erase_texts``."""
    place = {"at": after.decided_at, "last": after.decision_id} if after else {}
    query = _NEXT if after else _FIRST
    page = connection.execute(query, {"before": before, "limit": limit, **place}).all()
    if not page:
        return None
    for row in page:
        if row.context is not None and not row.context.texts_erased:
            connection.execute(_CONTEXT, {"which": row.decision_id, "kept": row.context.without_texts()})
    connection.execute(_CANDIDATES, [{"which": row.decision_id} for row in page])
    return LogPlace(decided_at=page[-1].decided_at, decision_id=page[-1].decision_id)
