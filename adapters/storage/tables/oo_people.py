"""People and who they are: accounts, consents, invitations, sessions, personal tokens.

Tests: tests/adapters/storage/test_schemas.py.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Index, Integer, Text, UniqueConstraint, false, text

from adapters.storage.columns import counter, partial, person, personal, plain, secret
from adapters.storage.tables.schemas import grouped
from adapters.storage.values import Json, Moment, Word
from core import records
from core.chat import Channel

table = grouped("oo_people")

people = table(
    "people",
    personal("person_id", Text(), primary_key=True),
    personal("created_at", Moment()),
    personal("consent", Word(records.Consent)),
    personal("consent_at", Moment(), nullable=True),
    personal("zone", Text(), nullable=True),
    personal("paused_until", Moment(), nullable=True),
    personal("preferences", Json(records.Preferences)),
    personal("next_due_at", Moment(), nullable=True),
    personal("owner", Boolean()),
    personal("dosage", Json(records.Dosage), nullable=True),
    # What the latest rows of ``consents`` allow: a copy, so that reading a person tells it.
    personal("allowed", Json(tuple[records.Purpose, ...]), server_default=text("'[]'")),
    personal("pause_starts", Moment(), nullable=True),
    personal("pause_ends", Moment(), nullable=True),
    Index("people_due", "next_due_at", "person_id"),
    Index("people_created", "created_at"),
    partial("people_owner", "person_id", where=text("owner")),
)

accounts = table(
    "accounts",
    personal("account_id", Text(), primary_key=True),
    person(),
    personal("channel", Word(Channel)),
    personal("external_id", Text()),
    personal("address", Text()),
    personal("language", Text(), nullable=True),
    personal("reachable", Boolean()),
    personal("last_seen_at", Moment()),
    UniqueConstraint("channel", "external_id", name="accounts_place"),
    Index("accounts_person", "person_id", "last_seen_at"),
    partial("accounts_unreachable", "channel", where=text("NOT reachable")),
)

# Rows are added and, when a person is deleted, removed. A trigger refuses to change one (migration 0013).
consents = table(
    "consents",
    counter("position"),
    person(),
    personal("purpose", Word(records.Purpose)),
    personal("granted", Boolean()),
    personal("version", Text()),
    personal("channel", Word(Channel), nullable=True),
    personal("at", Moment()),
    personal("via", Word(records.Via), nullable=True),
    Index("consents_person", "person_id", "position"),
)

invitations = table(
    "invitations",
    secret("code_hash", Text(), primary_key=True),
    personal("created_at", Moment()),
    personal("expires_at", Moment(), nullable=True),
    personal("owner", Boolean()),
    person("invited_by", nullable=True),
    personal("used_at", Moment(), nullable=True),
    person("used_by", nullable=True),
    personal("links", Boolean(), server_default=false()),
)

# Accounts at an identity provider that sign people in.
identities = table(
    "identities",
    personal("issuer", Text(), primary_key=True),
    personal("subject", Text(), primary_key=True),
    person(),
    personal("linked_at", Moment()),
    personal("used_at", Moment(), nullable=True),
    Index("identities_person", "person_id"),
)

# Browsers that were sent to the identity provider, for ten minutes.
pending_sign_ins = table(
    "pending_sign_ins",
    secret("state_hash", Text(), primary_key=True),
    secret("browser_hash", Text()),
    personal("goal", Word(records.SignInGoal)),
    person(nullable=True),
    personal("created_at", Moment()),
    Index("pending_sign_ins_person", "person_id"),
    Index("pending_sign_ins_age", "created_at"),
)

# Browsers that are signed in: a person's, or the operator's.
web_sessions = table(
    "web_sessions",
    personal("session_id", Text(), primary_key=True),
    secret("secret_hash", Text(), unique=True),
    personal("kind", Word(records.SessionKind)),
    person(nullable=True),
    personal("operator", Text(), nullable=True),
    plain("account_id", Text(), nullable=True),
    personal("browser", Text()),
    personal("created_at", Moment()),
    personal("used_at", Moment()),
    personal("expires_at", Moment()),
    Index("web_sessions_person", "person_id"),
    Index("web_sessions_expire", "expires_at"),
)

# Links in the chat that sign one browser in, for ten minutes.
sign_in_links = table(
    "sign_in_links",
    secret("token_hash", Text(), primary_key=True),
    person(),
    plain("account_id", Text()),
    personal("created_at", Moment()),
    personal("used_at", Moment(), nullable=True),
    Index("sign_in_links_person", "person_id"),
    Index("sign_in_links_age", "created_at"),
)

api_tokens = table(
    "api_tokens",
    personal("token_id", Text(), primary_key=True),
    person(),
    secret("secret_hash", Text(), unique=True),
    personal("name", Text()),
    personal("scopes", Json(tuple[records.Scope, ...])),
    personal("created_at", Moment()),
    personal("used_at", Moment(), nullable=True),
    plain("account_id", Text(), nullable=True),
    plain("message_id", Text(), nullable=True),
    Index("api_tokens_person", "person_id"),
    partial("api_tokens_shown", "created_at", where=text("message_id IS NOT NULL")),
)

# Answers to requests of the API that may be repeated, for a day.
kept_answers = table(
    "kept_answers",
    person(primary_key=True),
    personal("key", Text(), primary_key=True),
    plain("fingerprint", Text()),
    plain("status", Integer()),
    personal("body", Text()),
    personal("answered_at", Moment()),
    Index("kept_answers_answered", "answered_at"),
)

# Requests for mails that nobody has confirmed yet. A scope is a keyed hash and names nobody.
mail_requests = table(
    "mail_requests",
    counter("position"),
    plain("scope", Text()),
    plain("asked_at", Moment()),
    Index("mail_requests_scope", "scope", "asked_at"),
    Index("mail_requests_age", "asked_at"),
)
