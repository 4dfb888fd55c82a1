"""``oo backup`` and ``oo restore`` as an operator uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli.backup import backup, format_backup, format_restore, restore
from bot.cli.operator import migrate
from bot.settings import Settings, load_settings
from core.errors import BackupUnusable, SettingsError

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


def settings_in(folder: Path, **environment: str) -> Settings:
    return load_settings({"DATABASE_URL": f"sqlite:///{folder}/data/oo.db", **environment}, folder)


@pytest.mark.parametrize("key", ["", KEY])
async def test_a_backup_is_made_and_restored_by_what_the_environment_says(tmp_path: Path, key: str) -> None:
    settings = settings_in(tmp_path, **({"OO_BACKUP_KEY": key} if key else {}))
    await migrate(settings)
    made = await backup(settings, tmp_path / "copy")
    assert ("encrypted" if key else "not encrypted (set OO_BACKUP_KEY)") in format_backup(made)
    with pytest.raises(BackupUnusable, match="--force"):
        await restore(settings, tmp_path / "copy", force=False)
    back = await restore(settings, tmp_path / "copy", force=True)
    assert format_restore(back).startswith(f"Restored {tmp_path}/copy: people: 0")
    assert json.loads(json.dumps(back.rows)) == made.rows


async def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    await migrate(settings)
    with pytest.raises(BackupUnusable, match="can't write"):
        await backup(settings, tmp_path / "none" / "copy")
    with pytest.raises(BackupUnusable, match="can't restore"):
        await restore(settings, tmp_path / "missing", force=True)


def test_a_key_that_is_none_is_a_fault_of_the_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as fault:
        settings_in(tmp_path, OO_BACKUP_KEY="secret-canary")
    assert "secret-canary" not in str(fault.value)


def test_the_key_is_not_shown(tmp_path: Path) -> None:
    environment = settings_in(tmp_path, OO_BACKUP_KEY=KEY).environment
    assert isinstance(environment.oo_backup_key, SecretStr)
    assert KEY not in repr(environment)
