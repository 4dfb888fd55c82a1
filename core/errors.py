"""The one error tree. Adapters translate foreign errors into these; anything else is a bug.

OoError
├── BadInput               what a person typed can't be used; the text says what to do next
├── SettingsError          configuration faults, all of them at once
├── NotFound               a record that was asked for by id does not exist
├── StoreUnavailable       what oO keeps can't be read or written now; nothing was changed
│   ├── StoreBusy            another process writes, and took longer than we wait
│   ├── StoreFull            there is no room left
│   ├── StoreReadOnly        it may not be written
│   └── StoreLost            it is gone, or damaged
├── SourceUnavailable      a task source can't be read or written now
│   ├── SourceDisconnected   it refuses our token: only the person can mend that
│   ├── SourceBusy           it asked us to wait
│   └── SourceRefused        it will never take this one request
├── LanguageModelUnavailable   no answer, a refusal, or nothing usable
└── SendFailed             a message was not shown
    ├── NotSent              provably not: sending again is safe
    ├── SendRejected         the platform refused it for good
    │   └── Unreachable        the person blocked oO or is gone
    └── SendUnknown          it may have been shown: never send again
"""

from __future__ import annotations

import traceback


def traceback_summary(fault: BaseException) -> str:
    """Kind, and files and lines of the innermost frames: enough to find a bug, without a word that was
    said.
    """
    frames = traceback.extract_tb(fault.__traceback__)[-4:]
    places = (f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(fault).__name__} at {' < '.join(places)}"


class OoError(Exception):
    """Root of everything oO raises on purpose."""


class BadInput(OoError):
    """A person's input can't be used. ``hint`` names the phrase in ``bot/screens/texts.py`` that helps them
    on.
    """

    def __init__(self, hint: str, **values: str) -> None:
        super().__init__(hint)
        self.hint = hint
        self.values = values


class SettingsError(OoError):
    """One or more configuration faults; ``faults`` holds a line each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class NotFound(OoError):
    """No record with that id."""


class StoreUnavailable(OoError):
    """What oO keeps, at ``place``, can't be read or written now. The transaction changed nothing: it may be
    repeated. ``reason`` names the phrases in ``bot/screens/texts.py``.
    """

    reason = "failing"

    def __init__(self, place: str) -> None:
        super().__init__(f"{type(self).__name__}: {place}")
        self.place = place


class StoreBusy(StoreUnavailable):
    """Another process writes, and took longer than we wait."""

    reason = "busy"


class StoreFull(StoreUnavailable):
    """There is no room left."""

    reason = "full"


class StoreReadOnly(StoreUnavailable):
    """It may be read, not written."""

    reason = "read_only"


class StoreLost(StoreUnavailable):
    """It is gone, replaced or damaged."""

    reason = "lost"


class SourceUnavailable(OoError):
    """A task source can't be used now; oO goes on with what it has."""


class SourceDisconnected(SourceUnavailable):
    """The task source refuses the token: the person has to connect it again."""


class SourceBusy(SourceUnavailable):
    """The task source asked to wait ``retry_after`` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"asked to wait {retry_after:g} s")
        self.retry_after = retry_after


class SourceRefused(SourceUnavailable):
    """The task source will never take this request, however often it is repeated; it takes others."""


class LanguageModelUnavailable(OoError):
    """The language model gave no usable answer; the message is for the log and holds no personal text."""


class SendFailed(OoError):
    """A message was not, or maybe not, shown."""


class NotSent(SendFailed):
    """The platform never had the request; ``retry_after`` seconds is how long it wants to be left alone."""

    def __init__(self, reason: str, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class SendRejected(SendFailed):
    """The platform refused the message for good."""


class Unreachable(SendRejected):
    """The person blocked oO, left, or their account is gone."""


class SendUnknown(SendFailed):
    """The request left, no clear answer came back. The message may be on the person's screen."""
