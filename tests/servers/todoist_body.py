"""What Todoist's API v1 accepts in a request, and the words in which it refuses the rest."""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from aiohttp import web

from tests.servers.local import Fault, status
from tests.servers.todoist_tasks import Deadline, Due, Duration, TodoistTask, due_of, read_due

GONE = (
    "This endpoint is deprecated.\n\nPlease update your use case to rely on the new API endpoints, "
    "available under /api/v1/ prefixes.\n"
)
Check = Callable[[Any], bool]


def _text(longest: int, shortest: int = 0) -> Check:
    return lambda value: isinstance(value, str) and shortest <= len(value) <= longest


def _number(lowest: int, highest: int) -> Check:
    return lambda value: type(value) is int and lowest <= value <= highest


def _labels(value: Any) -> bool:
    return isinstance(value, list) and all(_text(60, 1)(label) for label in value)


_EITHER: Mapping[str, Check] = {
    "content": _text(500, 1),
    "description": _text(16383),
    "labels": _labels,
    "priority": _number(1, 4),
    "due_string": _text(150),
    "due_lang": _text(2, 2),
    "due_date": _text(10, 10),
    "due_datetime": _text(40, 19),
    "duration": _number(1, 1440),
    "duration_unit": lambda value: value in ("minute", "day"),
    "deadline_date": _text(10, 10),
}
ON_ADD: Mapping[str, Check] = {
    **_EITHER,
    "project_id": _text(40, 1),
    "section_id": _text(40, 1),
    "parent_id": _text(40, 1),
}
ON_UPDATE: Mapping[str, Check] = {
    **_EITHER,
    "deadline_date": lambda value: value is None or _text(10, 10)(value),
    "child_order": _number(0, 10**9),
    "day_order": _number(-1, 10**9),
    "is_collapsed": lambda value: isinstance(value, bool),
}
ON_MOVE: Mapping[str, Check] = {
    "project_id": _text(40, 1),
    "section_id": _text(40, 1),
    "parent_id": _text(40, 1),
}
_DUE = {"due_string", "due_date", "due_datetime"}
_KINDS = {
    400: (web.HTTPBadRequest, "Bad request", 42, "BAD_REQUEST"),
    401: (web.HTTPUnauthorized, "Unauthorized", 477, "UNAUTHORIZED"),
    403: (web.HTTPForbidden, "Forbidden", 32, "FORBIDDEN"),
    404: (web.HTTPNotFound, "Task not found", 478, "NOT_FOUND"),
}


def error_body(code: int, *, message: str, number: int, tag: str, **extra: Any) -> str:
    """The JSON in which the API says what is wrong."""
    event = hashlib.sha256(f"{tag} {message} {extra}".encode()).hexdigest()[:32]
    return json.dumps(
        {
            "error": message,
            "error_code": number,
            "error_extra": {"event_id": event, "retry_after": 1, **extra},
            "error_tag": tag,
            "http_code": code,
        }
    )


def refusal(code: int) -> web.HTTPException:
    """The refusal with this status: 400, 401, 403 or 404."""
    kind, message, number, tag = _KINDS[code]
    text = error_body(code, message=message, number=number, tag=tag)
    return kind(text=text, content_type="application/json")


def invalid(argument: str, expected: str) -> web.HTTPBadRequest:
    """The refusal of one argument's value."""
    text = error_body(
        400,
        message=f"Invalid argument value: {argument}",
        number=20,
        tag="INVALID_ARGUMENT_VALUE",
        argument=argument,
        expected=expected,
    )
    return web.HTTPBadRequest(text=text, content_type="application/json")


def missing(argument: str) -> web.HTTPBadRequest:
    """The refusal of a request that lacks an argument."""
    text = error_body(
        400,
        message="Required argument is missing",
        number=19,
        tag="ARGUMENT_MISSING",
        argument=argument,
    )
    return web.HTTPBadRequest(text=text, content_type="application/json")


def paid_feature() -> web.HTTPForbidden:
    """The refusal of what only paid accounts have."""
    text = error_body(403, message="Premium only feature", number=32, tag="PREMIUM_ONLY")
    return web.HTTPForbidden(text=text, content_type="application/json")


def command_error(message: str, number: int, tag: str, code: int) -> dict[str, Any]:
    """What is wrong with one command of a sync request."""
    return {"error": message, "error_code": number, "error_tag": tag, "http_code": code}


def unreadable_date() -> web.HTTPBadRequest:
    """The refusal of a due date in words that nobody understands."""
    text = error_body(400, message="Invalid date format", number=42, tag="BAD_REQUEST")
    return web.HTTPBadRequest(text=text, content_type="application/json")


def failing(code: int, *, retry_after: int | None = None) -> Fault:
    """The API's own words for 401, 403, 404 and 429 (with Retry-After), plain text for 410 and 5xx."""
    if code == web.HTTPTooManyRequests.status_code:
        text = error_body(
            code,
            message="Too many requests. Limits reached. Try again later",
            number=35,
            tag="LIMITS_REACHED",
            retry_after=retry_after or 1,
        )
        headers = {} if retry_after is None else {"Retry_After": str(retry_after)}
        return status(code, body=text, content_type="application/json", **headers)
    if code == web.HTTPGone.status_code:
        return status(code, body=GONE, content_type="text/plain")
    if code >= web.HTTPInternalServerError.status_code:
        return status(code, body=f"<html><h1>{code}</h1></html>")
    return status(code, body=refusal(code).text or "", content_type="application/json")


async def read_fields(request: web.Request, allowed: Mapping[str, Check]) -> dict[str, Any]:
    """The JSON object of the request, every field known and well-formed; a refusal otherwise."""
    if request.content_type != "application/json":
        raise invalid("Content-Type", "application/json")
    try:
        fields = await request.json()
    except ValueError as exc:
        raise refusal(400) from exc
    if not isinstance(fields, dict):
        raise refusal(400)
    for name, value in fields.items():
        if name not in allowed or not allowed[name](value):
            raise invalid(name, "minlen" if value == "" else "a known and well-formed field")
    if "duration" in fields and "duration_unit" not in fields:
        raise missing("duration_unit")
    if len(_DUE & set(fields)) > 1:
        raise invalid("due_date", "only one of the due fields")
    return fields


def apply_fields(task: TodoistTask, fields: Mapping[str, Any], *, now: datetime) -> None:
    """Write checked fields into the task; `now` is in the account's zone."""
    if _DUE & set(fields):
        task.due = _new_due(fields, now=now)
    if "duration" in fields:
        task.duration = Duration(amount=fields["duration"], unit=fields.get("duration_unit", "minute"))
    if "deadline_date" in fields:
        day = fields["deadline_date"]
        task.deadline = None if day is None else Deadline(date=_day(day).isoformat())
    for name in set(fields) & {one.name for one in dataclasses.fields(TodoistTask)} - {"duration"}:
        setattr(task, name, fields[name])


def _new_due(fields: Mapping[str, Any], *, now: datetime) -> Due | None:
    # A date or a time replaces whatever recurrence there was.
    if "due_date" in fields:
        return due_of(_day(fields["due_date"]))
    if "due_datetime" in fields:
        return due_of(_moment(fields["due_datetime"], now))
    try:
        return read_due(fields["due_string"], today=now.date())
    except ValueError as exc:
        raise unreadable_date() from exc


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as exc:
        raise unreadable_date() from exc


def _moment(text: str, now: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as exc:
        raise unreadable_date() from exc
    # A moment in UTC is meant in the account's zone from then on; one without an offset floats.
    return moment.astimezone(now.tzinfo) if moment.tzinfo else moment
