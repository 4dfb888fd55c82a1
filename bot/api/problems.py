"""What goes wrong, as problem details (RFC 9457), with one type for each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from http import HTTPStatus
from typing import Any


class Kind(Enum):
    """A kind of problem: its name, HTTP status and title. The name is stable, the title is for people."""

    BAD_REQUEST = ("bad-request", HTTPStatus.BAD_REQUEST, "The request can't be read")
    UNAUTHENTICATED = ("unauthenticated", HTTPStatus.UNAUTHORIZED, "A valid token is needed")
    SCOPE_MISSING = ("scope-missing", HTTPStatus.FORBIDDEN, "The token does not allow this")
    CONSENT_MISSING = ("consent-missing", HTTPStatus.FORBIDDEN, "The person has not agreed")
    MODEL_NOT_ALLOWED = (
        "language-model-not-allowed",
        HTTPStatus.FORBIDDEN,
        "The person does not want their texts to go to a language model",
    )
    FOREIGN_PAGE = ("foreign-page", HTTPStatus.FORBIDDEN, "Pages of other sites may not use this")
    NOT_FOUND = ("not-found", HTTPStatus.NOT_FOUND, "There is nothing at this address")
    METHOD_NOT_ALLOWED = (
        "method-not-allowed",
        HTTPStatus.METHOD_NOT_ALLOWED,
        "This can't be done here",
    )
    KEY_REUSED = ("idempotency-key-reused", HTTPStatus.CONFLICT, "The key was used for another request")
    ZONE_UNKNOWN = ("time-zone-unknown", HTTPStatus.CONFLICT, "The person's time zone is not known yet")
    QUIET_HOURS = ("quiet-hours", HTTPStatus.CONFLICT, "It is quiet at that time")
    NOT_CONFIRMED = ("not-confirmed", HTTPStatus.CONFLICT, "The deletion is not confirmed")
    NOT_DONE = ("not-done", HTTPStatus.CONFLICT, "The task is not done")
    CHANGED_MEANWHILE = ("changed-meanwhile", HTTPStatus.PRECONDITION_FAILED, "It was changed meanwhile")
    TOO_LARGE = ("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large")
    NOT_JSON = ("not-json", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json")
    UNUSABLE = ("unusable", HTTPStatus.UNPROCESSABLE_ENTITY, "The request has unusable values")
    TOO_MANY_REQUESTS = ("too-many-requests", HTTPStatus.TOO_MANY_REQUESTS, "Too many requests")
    BUG = ("internal", HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong in oO")
    MODEL_UNUSABLE = (
        "language-model-unusable",
        HTTPStatus.BAD_GATEWAY,
        "The language model gave nothing usable",
    )
    MODEL_UNAVAILABLE = (
        "language-model-unavailable",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The language model can't be reached",
    )
    STORE_UNAVAILABLE = (
        "store-unavailable",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The database is not usable now",
    )

    def __init__(self, slug: str, status: HTTPStatus, title: str) -> None:
        self.slug = slug
        self.status = status
        self.title = title

    @property
    def uri(self) -> str:
        """The ``type`` of the problem."""
        return f"urn:oo:problem:{self.slug}"


class Problem(Exception):
    """The request can't be answered as asked. ``more`` are further members of the problem details.

    Nothing personal stands in ``detail`` but what the request itself holds.
    """

    def __init__(
        self, kind: Kind, detail: str = "", *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(kind.slug)
        self.kind = kind
        self.headers = dict(headers or {})
        self.document: dict[str, Any] = {
            "type": kind.uri,
            "title": kind.title,
            "status": int(kind.status),
            **({"detail": detail} if detail else {}),
            **more,
        }


def unusable(where: str, detail: str) -> Problem:
    """One value of the request is unusable; ``where`` is its JSON pointer."""
    return Problem(Kind.UNUSABLE, errors=[{"pointer": where, "detail": detail}])


def pointer(place: Sequence[int | str]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in place)
