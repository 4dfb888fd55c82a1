"""The page that ``/export`` sends beside the JSON file.

Tests: tests/bot/screens/test_export_page.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

EXPORT_PAGE = "The same as a page to read or print."
PAGE_TITLE = "Everything oO keeps about you"
PAGE_HEAD = "Written on {when}. Times are in UTC. The same is in the JSON file, for programs."
PAGE_BELIEFS = "What I believe about you"
PAGE_NO_BELIEFS = "Nothing yet."
PAGE_NOTHING = "Nothing is stored here."
PAGE_ROWS = "{count} in all"
PAGE_TABLES = {
    "people": "You and your settings",
    "accounts": "Where you talk to me",
    "consents": "What you allowed, and when",
    "invitations": "Invitations and links",
    "tasks": "Tasks",
    "task_imports": "Files of tasks",
    "task_keys": "By what I recognise tasks in files",
    "decisions": "Decisions: what I knew and what I chose",
    "tip_scores": "What I could have suggested at each decision",
    "shadow_distributions": "Decisions that other policies compared",
    "trials": "Test of my help",
    "deliveries": "What was sent where",
    "reactions": "What you tapped",
    "rewards": "What each tap was worth",
    "snoozes": "Tips put off",
    "reminders": "Reminders",
    "statistics": "What taps taught, as sums",
    "corrections": "What you said about my beliefs",
    "embeddings": "Texts as numbers",
    "handles": "Buttons",
    "messages": "What messages were about",
    "turns": "What we said in the last hours",
    "inbox": "Messages not yet handled",
    "events": "What happened",
    "spending": "Use of the language model",
    "integrations": "Connections",
    "sealed_keys": "Keys of your secrets (not shown)",
    "sealed_secrets": "Your secrets, encrypted (not shown)",
    "pending_connections": "Connections that wait for you",
    "calendar_events": "Calendar",
    "notification_states": "Silenced notifications",
    "api_tokens": "Access for programs",
    "web_sessions": "Browsers that are signed in",
    "sign_in_links": "Links to sign in",
    "kept_answers": "Answers that may be repeated",
    "identities": "Accounts that sign you in",
    "pending_sign_ins": "Sign-ins under way",
    "push_subscriptions": "Browsers that show tips",
    "notes": "Notes",
}

translate(__name__)
