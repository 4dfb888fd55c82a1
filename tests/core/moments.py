"""A moment with four tasks, and tips about it as a language model might write them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from core.records import Context, Due, Request, Task, TipCandidate, Trigger
from core.tips.facts import known_facts
from core.tips.prompt import parse_tips

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)  # a Monday, nine o'clock in Berlin


def task(title: str, due: Due | None = None, *, priority: int = 4) -> Task:
    """An open task."""
    return Task(
        task_id=f"id of {title}", person_id="p", title=title, created_at=NOW, due=due, priority=priority
    )


TASKS = (
    task("Pay rent", Due(on=date(2026, 10, 6), at=time(9)), priority=1),
    task("Water the plants"),
    task("Call Zoë about 3 chairs", Due(on=date(2026, 10, 2))),
    task("Read; then return the book", Due(on=date(2026, 10, 5))),
)


def moment(*tasks: Task, now: datetime = NOW, request: Request | None = None) -> Context:
    """What is known in Berlin at ``now``: facts now, load, t1, t2, ..."""
    tasks = tasks or TASKS
    return Context(
        now=now,
        zone=BERLIN.key,
        trigger=Trigger.REQUESTED,
        tasks=tasks,
        open_tasks=len(tasks),
        overdue_tasks=1,
        request=request or Request(),
        facts=known_facts(tasks, now, BERLIN, open_tasks=len(tasks), overdue_tasks=1),
    )


CONTEXT = moment()


def tip(content: object = "Water the plants now.", **fields: object) -> dict[str, object]:
    """A tip about the second task, unless told otherwise."""
    usual = {"rationale": "It is quick.", "fact_ids": ["t2"], "minutes": 5, "topic": "home"}
    return {"content": content, **usual, **fields}


def parsed(*tips: object, context: Context = CONTEXT, count: int = 3) -> tuple[TipCandidate, ...]:
    """The candidates that an answer with these tips gives."""
    return parse_tips({"tips": list(tips)}, context, model="m", version="tip-v1", count=count)
