"""Sentences of the operator's page.

Tests: tests/bot/web/operator/test_pages.py.
"""

from __future__ import annotations

from bot.languages.catalogue import plural
from bot.languages.sentences import translate

TITLE = "Operator"
HEADING = "How oO is doing"
AS_OF = "As of {time} UTC. This page refreshes itself every half a minute."
SIGNED_IN = "You are the operator {name}."
ON_THIS_MACHINE = "You are the operator because you are on this machine."

# The first thing to see.
ALL_WELL = "All is well"
NEEDS_YOU = plural("An incident needs you", "{count} incidents need you")
KNOWN = plural("A known incident goes on", "{count} known incidents go on")
DISCONNECTED = "A channel has no connection right now"
WATCHED = "If it is not back within a minute, it becomes an incident."
NOTHING_OPEN = "No incident is open."
SEE_BELOW = "See what to do below."
ALL_KNOWN = "Somebody has acknowledged every open incident."

# At a glance.
GLANCE = "At a glance"
CHANNELS = "Channels"
SENT_TODAY = "Sent, 24 hours"
LATENESS_TODAY = "Lateness, 24 hours"
MODEL_TODAY = "Language model, today"
WAITING = "Waiting"
CONNECTED_OF = "{connected} of {all} connected"
NO_CHANNELS = "No channel"
NOT_SENT = plural("one did not arrive", "{count} did not arrive")
NONE_LOST = "none was lost"
P90 = "9 of 10 within {time}"
NOTHING_SENT = "No message with a set time"
CALLS = plural("a call", "{count} calls")
FAILED = plural("one failed", "{count} failed")
NO_CALL_FAILED = "none failed"
OF_BUDGET = "{share} of the budget"
NO_BUDGET = "no budget is set"
NOTHING_WAITS = "Nothing"
UPDATES_WAIT = plural("an update", "{count} updates")
OLDEST = "the oldest for {time}"

# Incidents.
INCIDENTS = "Incidents"
OPEN_CAPTION = "Open incidents: the new ones first"
ENDED_CAPTION = "Incidents that ended in the last seven days"
INCIDENT, SINCE, LAST_SEEN, TIMES, ENDED = "Incident", "Since", "Last seen", "Noticed", "Ended"
ACKNOWLEDGEMENT = "Acknowledged"
ACKNOWLEDGE = "Acknowledge"
ACKNOWLEDGE_THIS = "Acknowledge: {incident}"
ACKNOWLEDGED = "{operator}, {time}"
NOT_ACKNOWLEDGED = "no"
LOOPBACK = "on this machine"
KINDS = {
    "database_trouble": "The database could not be used",
    "disk_nearly_full": "The disk is nearly full",
    "channel_down": "A channel has no connection",
    "job_failing": "A job fails each time",
    "access_refused": "A service refuses your token",
    "connections_lost": "People have to connect again",
    "workspace_removed": "A Slack workspace removed oO",
    "secrets_unreadable": "Secrets can't be read",
    "delivery_unknown": "Messages whose arrival is unknown",
    "model_failing": "The language model fails each time",
    "budget_spent": "The language model's budget is spent",
    "backup_overdue": "A backup is overdue",
    "update_isolated": "oO ended each time it began with an update",
}
WHAT_TO_DO = {
    "database_trouble": "Make room on the disk, or stop the process that holds the database. Taps that came in meanwhile are repeated by the platforms.",
    "disk_nearly_full": "Less than 200 MB are free. Make room before writes fail: old backups, logs.",
    "channel_down": "Look at the log and at the platform's status page. Run `oo doctor`: it says if the token is refused. Tips wait and are sent when the connection is back.",
    "job_failing": "The log has the fault. A restart helps if it is a passing one; otherwise report it with that line.",
    "access_refused": "Set a new token in the environment and restart.",
    "connections_lost": "Each person was asked in the chat to connect again. If there are many at once, look at the client id and secret of the service.",
    "workspace_removed": "Nothing is sent there any more. It can be installed again at /slack/install.",
    "secrets_unreadable": "OO_VAULT_KEYS lacks a key that secrets need. `oo vault check` names it.",
    "delivery_unknown": "The platform gave no clear answer, so oO does not send them again: nobody gets a tip twice. If there are many, look at the network.",
    "model_failing": "Tips go on without it. Look at the gateway or at Ollama; `oo doctor` tries it.",
    "budget_spent": "Tips go on without it until tomorrow (UTC). To allow more, change budget in config.yaml.",
    "backup_overdue": "Run `oo backup FILE` and keep the copy elsewhere; best each night.",
    "update_isolated": "Look for what ended the process: a lack of memory, a crash of a library, or kills by chance. The update is tried again by itself after longer and longer pauses; its person is told, and nothing else waits for it.",
}

# Health.
HEALTH = "Channels and connections"
CHANNELS_CAPTION = "Channels of this process"
CHANNEL, STATE = "Channel", "State"
CONNECTED, NO_CONNECTION = "connected", "no connection ({fault})"
NOT_WATCHED = "has no connection of its own"
CONNECTIONS_CAPTION = "Connections of people and of Slack workspaces, by service"
SERVICE = "Service"
STATES = {
    "connected": "connected",
    "expiring": "ends soon",
    "expired": "expired",
    "revoked": "revoked",
    "error": "error",
    "missing": "missing",
}
NO_CONNECTIONS = "Nobody has connected anything."
LAST_BACKUP = "Last backup by oo backup: {time} UTC."
NO_BACKUP = "No backup was made by oo backup yet."

# Deliveries.
DELIVERIES = "Deliveries"
DELIVERIES_CAPTION = "Deliveries by state"
DAY, WEEK, NOW = "24 hours", "7 days", "Now"
DELIVERY_STATES = {
    "reserved": "to be sent",
    "sending": "being sent",
    "sent": "sent",
    "rejected": "refused by the platform",
    "unknown": "arrival unknown",
    "abandoned": "not sent, no longer of use",
}
BACKLOG_CAPTION = "What waits to be done"
BACKLOG = "Waits"
WAITING_UPDATES = "messages and taps that came in"
WAITING_EVENTS = "events that no task source was told yet"
WAITING_PEOPLE = "people whose next tip is due"
NUMBER = "Number"

# Lateness.
LATENESS = "Lateness"
LATENESS_CAPTION = "How late tips and reminders were sent after their time"
SPAN, COUNT, HALF, NINE_OF_TEN, ALMOST_ALL, MISSED = "In", "Sent", "p50", "p90", "p99", "Too late to send"
LATENESS_NOTE = (
    "Half of them were sent within p50, nine of ten within p90, ninety-nine of a hundred within p99."
)

# Language model.
MODEL = "Language model"
MODEL_CAPTION = "Use of the language model by day (UTC)"
DATE, CALLS_HEAD, FAILED_HEAD, TOKENS, MONEY = "Day", "Calls", "Failed", "Tokens", "Money"
BUDGET, UNLIMITED = "Budget of a day", "no limit"
MODEL_PLOT = "Calls by day, from {first} to {last}: at most {most}. Failed calls are darker."
MODEL_UNUSED = "The language model was not used in these days."

# Policies.
POLICIES = "Policies"
SERVES = "Serves: {policy}"
NOT_EVALUATED = "There are no figures yet. They are computed four times a day, the first time some minutes after the start; `oo evaluate` prints them at once."
EVALUATED = "Computed at {time} UTC from {decisions}."
DECISIONS = plural("a decision", "{count} decisions")
SHADOWS_CAPTION = "What other policies would have earned, compared with what was served"
POLICY, DECISIONS_HEAD, EFFECTIVE, MORE, INTERVAL = (
    "Policy",
    "Decisions",
    "Effective sample",
    "More than served",
    "95 % interval",
)
TOO_FEW = "too few decisions yet"
TOO_FEW_WAIT = plural("too few decisions; wait about a day", "too few decisions; wait about {count} days")
WRONG_WEIGHTS = "mean weight {weight}: it should be near 1"
NO_SHADOWS = "No other policy was logged beside it."
INTERVAL_NOTE = (
    "The intervals hold however often you look. `oo promote` says whether a policy is proven better."
)
FOREST_PLOT = "Intervals of the policies above about the line of no difference"
GROUPS_CAPTION = "What was served: mean reward"
GROUP, REWARD = "Served", "Mean reward"
GROUPS = {"served policy": "policy", "kind of tip": "kind of tip", "language model": "language model"}
PROMPTS = "Prompt versions"
PROMPTS_CAPTION = "Prompts that were drawn at random, side by side"
PROMPT = "Prompt"
PROMPTS_NOTE = "Only the draw of the prompt differs between them, so a difference is due to the prompt."
ALL_PROMPTS_CAPTION = "Tips by the prompt that wrote them"
NO_PROMPTS = "No tip of the language model has a known outcome yet."
MORE_THAN = "{new} more than {old}"
PROMOTIONS_CAPTION = "Promotions, the last one first"
WHEN, WHAT = "When", "What"
PROMOTED = "{policy} in place of {over}"
ROLLED_BACK = "back to {policy}, from {over}"

UNDER_A_SECOND = "under a second"
SECONDS = plural("a second", "{count} seconds")

translate(__name__)
