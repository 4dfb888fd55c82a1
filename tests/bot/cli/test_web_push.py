"""What the operator sets and sees of notifications in browsers."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.clock import SystemClock, SystemRandomSource
from bot.cli.doctor import examine
from bot.cli.web_push import add_web_push, new_key
from bot.settings import Settings, load_settings
from core.chat import Channel
from core.errors import SettingsError
from core.vault import format_key

VAULT = format_key(bytes(range(32)))
WHOLE = {"OO_PUBLIC_URL": "https://oo.example", "OO_VAULT_KEYS": VAULT}


def settings_in(folder: Path, *, pages: str = "true", **environment: str) -> Settings:
    (folder / "config.yaml").write_text(f"http: {{pages: {pages}}}\n")
    return load_settings({"DATABASE_URL": f"sqlite:///{folder / 'oo.db'}", **environment}, folder)


def test_without_a_key_there_is_no_such_channel(tmp_path: Path) -> None:
    channels: dict[Channel, object] = {}
    add_web_push(channels, settings_in(tmp_path), SystemClock(), SystemRandomSource())
    assert channels == {}


async def test_the_doctor_says_whether_tips_can_appear_in_browsers(tmp_path: Path) -> None:
    said = {one.what: one for one in await examine(settings_in(tmp_path))}
    assert said["web push"].ok
    assert "oo push key" in said["web push"].said
    said = {one.what: one for one in await examine(settings_in(tmp_path, OO_PUSH_KEY=new_key(), **WHOLE))}
    assert said["web push"].ok
    assert "https://oo.example" in said["web push"].said


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"OO_PUSH_KEY": "short", **WHOLE}, "oo push key"),
        ({"OO_PUSH_KEY": "é" * 43, **WHOLE}, "oo push key"),
        ({"OO_PUSH_KEY": new_key()}, "OO_PUBLIC_URL"),
        ({"OO_PUSH_KEY": new_key(), "OO_PUBLIC_URL": "https://oo.example"}, "OO_VAULT_KEYS"),
        ({"OO_PUSH_KEY": new_key(), "OO_PUBLIC_URL": "http://x", "OO_VAULT_KEYS": VAULT}, "OO_PUSH_CONTACT"),
        ({"OO_PUSH_CONTACT": "me@example.org", **WHOLE}, "mailto:"),
        ({"OO_PUSH_CONTACT": "http://example.org", **WHOLE}, "mailto:"),
    ],
)
def test_what_is_missing_is_said_before_the_start(
    tmp_path: Path, environment: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        settings_in(tmp_path, **environment)
    assert named in str(refused.value)
    assert environment.get("OO_PUSH_KEY", "no key") not in str(refused.value)


def test_a_key_without_pages_is_a_fault_because_browsers_subscribe_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"http\.pages"):
        settings_in(tmp_path, pages="false", OO_PUSH_KEY=new_key(), **WHOLE)


def test_a_key_of_letters_that_is_no_number_of_the_curve_stops_the_start(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, OO_PUSH_KEY="_" * 42 + "8", **WHOLE)
    with pytest.raises(SettingsError, match="oo push key"):
        add_web_push({}, settings, SystemClock(), SystemRandomSource())
