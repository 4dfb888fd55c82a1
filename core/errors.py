"""All expected errors, in one tree. Adapters translate foreign errors into these; any other error is a bug.

OoError
├── BadInput               a person's input can't be used; the hint says what to do
├── SettingsError          all faults of the configuration
├── FileUnusable           a file that was sent can't be fetched or read
├── NotFound               there is no record with that id
├── StoreUnavailable       the database can't be read or written now; nothing was changed
│   ├── StoreBusy            another process writes for too long
│   │   └── StoreConflict        another transaction was in the way: it may be repeated at once
│   ├── StoreFull            there is no space left
│   ├── StoreReadOnly        it must not be written
│   ├── StoreUnreachable     its server does not answer
│   │   └── StoreRefused         it lets oO in only after somebody has done something
│   └── StoreLost            it is gone or damaged
├── AlreadyServed          another process serves the database, which is a file
├── LeaseLost              another process does it by now
├── SourceUnavailable      a task source can't be read or written now
│   ├── SourceDisconnected   it refuses oO's token: the person must connect it again
│   │   ├── SourceRevoked        it says that access was withdrawn
│   │   └── TokenMissing         oO has no token that it can read
│   ├── SourceBusy           it asked oO to wait
│   ├── SourceRefused        it will never accept this request
│   └── CalendarUnusable     what is at an address is no calendar that oO can read
├── StreamUnavailable      the stream of events does not answer
│   └── StreamRefused        it must not be written or read: schemas or owner are others
├── IdentityProviderUnavailable   nobody can sign in by the identity provider now
│   └── IdentityRefused      it does not accept this sign-in, or its answer proves nothing
├── VaultError             a secret can't be stored or read
│   ├── VaultClosed          no vault key is configured
│   └── VaultDamaged         it was changed or swapped, or its key is gone
│       └── VaultKeyUnknown    its vault key is not configured
├── LanguageModelUnavailable   no answer, a refusal, or nothing usable
│   ├── NotAsked             no request was made: nothing was used
│   │   └── BudgetSpent          its budget of the day is spent
│   ├── AnswerLost           it may have worked, but its answer came too late or was empty
│   └── AnswerUnusable       it answered, but with nothing usable
├── BackupUnusable         a backup can't be made or restored
├── MoveRefused            the database can't be carried to another one
└── SendFailed             a message was not shown, or perhaps not
    ├── NotSent              provably not: it may be sent again
    ├── SendRejected         the platform refused it permanently
    │   └── Unreachable        the person blocked oO or is gone
    └── SendUnknown          it may have been shown: it must not be sent again

Tests: tests/core/delivery/test_send.py.
"""

from __future__ import annotations

import traceback

SUMMARY_FRAMES = 4


def traceback_summary(fault: BaseException) -> str:
    """Type of an error, and file and line of its innermost frames. Messages may be personal."""
    frames = traceback.extract_tb(fault.__traceback__)[-SUMMARY_FRAMES:]
    places = (f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(fault).__name__} at {' < '.join(places)}"


class OoError(Exception):
    """Base class of everything that oO raises deliberately."""


class BadInput(OoError):
    """A person's input can't be used. ``hint`` names the sentence in ``bot/screens/texts.py`` that tells them
    what to do; ``values`` fill its placeholders.
    """

    def __init__(self, hint: str, **values: str) -> None:
        super().__init__(hint)
        self.hint = hint
        self.values = values


class FileUnusable(OoError):
    """A file can't be fetched or read as a file of tasks.

    ``reason`` names the sentence in ``bot/screens/texts_files.py``; ``values`` fill its placeholders.
    """

    def __init__(self, reason: str, **values: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


class SettingsError(OoError):
    """The configuration is invalid; ``faults`` holds a line for each fault."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class NotFound(OoError):
    """No record with that id."""


class StoreUnavailable(OoError):
    """The database at ``place`` can't be read or written now. The transaction changed nothing and may be
    repeated. ``reason`` names the sentences in ``bot/screens/texts.py``; ``said`` is what its server says
    itself when it lets nobody in.
    """

    reason = "failing"

    def __init__(self, place: str, said: str = "") -> None:
        super().__init__(f"{type(self).__name__}: {place}")
        self.place = place
        self.said = said


class StoreBusy(StoreUnavailable):
    """Another process writes for too long."""

    reason = "busy"


class StoreConflict(StoreBusy):
    """Two transactions were in each other's way, and this one was given up. It may be repeated at once."""


class StoreUnreachable(StoreUnavailable):
    """The server of the database does not answer. If the connection broke during a commit, that may have
    happened: whoever repeats it must find that out, as after a crash.
    """

    reason = "unreachable"


class StoreRefused(StoreUnreachable):
    """The server of the database lets oO in only after the operator has done something. At the start that is
    a fault of the settings. ``said`` says what.
    """


class StoreFull(StoreUnavailable):
    """There is no space left."""

    reason = "full"


class StoreReadOnly(StoreUnavailable):
    """It may be read but not written."""

    reason = "read_only"


class StoreLost(StoreUnavailable):
    """It is gone, was replaced, or is damaged."""

    reason = "lost"


class AlreadyServed(OoError):
    """Another process serves the database, which only one may do; the message names it, for the operator."""


class LeaseLost(OoError):
    """Another process does by now what this one was about to do."""


class SourceUnavailable(OoError):
    """A task source can't be used now. oO goes on with its own copy."""


class SourceDisconnected(SourceUnavailable):
    """The task source refuses the token. The person must connect it again."""


class SourceRevoked(SourceDisconnected):
    """The person or the provider withdrew access. The person must connect it again."""


class TokenMissing(SourceDisconnected):
    """oO has no token that it can read. The person must connect it again."""


class SourceBusy(SourceUnavailable):
    """The task source asked to wait ``retry_after`` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"asked to wait {retry_after:g} s")
        self.retry_after = retry_after


class SourceRefused(SourceUnavailable):
    """The task source will never accept this request. It accepts others."""


class ClientRefused(SourceUnavailable):
    """The provider does not accept oO's own credentials, which is the operator's business."""


class CalendarUnusable(SourceUnavailable):
    """What is at an address can't be used as a calendar, now or at all.

    ``reason`` names the sentence in ``bot/screens/texts_calendar.py``; ``values`` fill its placeholders.
    """

    def __init__(self, reason: str, **values: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


class StreamUnavailable(OoError):
    """The stream of events does not answer."""


class StreamRefused(StreamUnavailable):
    """The stream must not be written or read: its schemas are others, or it belongs to another database."""


class IdentityProviderUnavailable(OoError):
    """The identity provider can't be used now. The message holds nothing secret or personal."""


class IdentityRefused(IdentityProviderUnavailable):
    """The identity provider does not accept this sign-in, or what it answered proves nothing."""


class VaultError(OoError):
    """A secret can't be stored or read. The message holds nothing secret or personal."""


class VaultClosed(VaultError):
    """No vault key is configured."""


class VaultDamaged(VaultError):
    """A secret or its data key can't be decrypted: it was changed, swapped, or its key is gone."""


class VaultKeyUnknown(VaultDamaged):
    """The vault key ``key_id`` is not configured."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"the vault key {key_id} is not configured")
        self.key_id = key_id


class LanguageModelUnavailable(OoError):
    """The language model gave no usable answer. The message is for the log and holds no personal text."""


class NotAsked(LanguageModelUnavailable):
    """No request was made, so nothing was used."""


class BudgetSpent(NotAsked):
    """The language model has done all that it may today, for this person or in all."""


class AnswerLost(LanguageModelUnavailable):
    """The language model may have worked, but its answer came too late, or held nothing."""


class AnswerUnusable(LanguageModelUnavailable):
    """The language model answered, but even after corrections not with what was asked for."""


class BackupUnusable(OoError):
    """A backup can't be made or restored; the message says why, for the operator."""


class MoveRefused(OoError):
    """The database can't be carried to another one; the message says why, for the operator."""


class SendFailed(OoError):
    """A message was not shown, or perhaps not."""


class NotSent(SendFailed):
    """The platform never got the request. It asked to wait ``retry_after`` seconds."""

    def __init__(self, reason: str, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class SendRejected(SendFailed):
    """The platform refused the message permanently."""


class Unreachable(SendRejected):
    """The person blocked oO, left, or their account is gone."""


class SendUnknown(SendFailed):
    """The request was sent but there was no clear answer. The message may have been shown."""
