"""Days with oO on PostgreSQL, as on SQLite. Every row that is written is checked for the lock of its person.

``make test-postgresql`` runs all scenarios so.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import tests.scenarios.test_data as data
import tests.scenarios.test_privacy as privacy
import tests.scenarios.test_reactions as reactions
import tests.scenarios.test_reminders as reminders
import tests.scenarios.test_restarts as restarts
import tests.scenarios.test_snoozing as snoozing
from bot.screens.texts_database import DELETED_ON_SERVER
from tests.databases import choose
from tests.scenarios.conftest import with_todoist
from tests.scenarios.oo import place
from tests.scenarios.talking import expect_reply
from tests.scenarios.world import Scene
from tests.servers import postgres
from tests.servers.telegram import Person
from tests.servers.todoist import TodoistServer

SAME = (
    data.test_another_person_is_untouched,
    data.test_the_export_is_a_file_with_everything,
    data.test_whoever_was_deleted_is_a_stranger,
    privacy.test_what_was_learned_is_kept_or_erased_as_the_person_says,
    reactions.test_a_tap_proves_that_a_tip_of_unknown_fate_arrived,
    reactions.test_done_completes_the_task_and_teaches,
    reactions.test_two_taps_at_once_make_one_reward,
    reactions.test_undo_leaves_everything_as_if_never_tapped,
    reminders.test_export_holds_reminders_and_delete_erases_them,
    reminders.test_three_that_were_missed_during_a_stop_come_in_one_message,
    restarts.test_a_tip_that_may_have_arrived_is_never_sent_again,
    restarts.test_an_update_delivered_twice_counts_once,
    restarts.test_what_was_not_answered_is_answered_after_the_restart,
    snoozing.test_a_snoozed_tip_comes_back_when_it_was_promised,
)
"""What happens on SQLite, and here as well."""

globals().update({test.__name__: test for test in SAME})


@pytest.fixture(autouse=True)
def on_postgresql(tmp_path: Path) -> None:
    """The database of the scene is on a server."""
    choose(tmp_path, postgres.empty_database())


async def test_whoever_leaves_hears_what_a_server_keeps_for_a_while(oo: Scene, ann: Person) -> None:
    assert oo.app.store.database.place.startswith("postgresql://")
    asked = await expect_reply(ann, "/delete")
    await ann.tap(asked, "Delete everything")
    await ann.expect_edit(asked)
    assert asked.text == DELETED_ON_SERVER


async def test_a_chat_of_a_few_lines_tells_todoist_before_it_ends(
    tmp_path: Path, todoist: TodoistServer
) -> None:
    there = todoist.add("Tax declaration")
    here = place(tmp_path / "oo", **with_todoist(todoist))
    choose(here.data, postgres.server().url(postgres.MIGRATED))
    lines = "/start", "1", "/timezone Berlin", "/tasks", "rename tax declaration to Taxes"
    ended = await here.run("chat", typed="".join(f"{line}\n" for line in lines))
    assert (ended.code, ended.err) == (0, "")
    assert there.content == "Taxes"
