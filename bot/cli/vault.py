"""``oo vault``: makes a key, says what can be read, changes to another key.

Tests: tests/bot/cli/test_vault.py.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from adapters.aes_gcm import AesGcm
from bot.app import open_app
from bot.settings import Settings
from core.errors import SettingsError
from core.integrations.vault_keys import VaultReport, check_vault, rotate_vault
from core.vault import format_key, vault_key

NO_KEY = "not set; `oo vault key` makes a key"


def new_key() -> tuple[str, str]:
    """A new key as it is written into ``OO_VAULT_KEYS``, and its fingerprint."""
    key = vault_key(AesGcm().new_key())
    return format_key(key.key), key.key_id


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultCheck:
    """What ``oo vault check`` and ``oo vault rotate`` print."""

    report: VaultReport
    rotated: int | None = None
    """None: no rotation was asked for."""

    @property
    def ok(self) -> bool:
        """Whether everything can be read."""
        return not self.report.unreadable

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        found = {**asdict(self.report), "droppable": self.report.droppable, "ok": self.ok}
        return found if self.rotated is None else {**found, "rotated": self.rotated}

    @property
    def text(self) -> str:
        """Line by line."""
        report = self.report
        lines = [] if self.rotated is None else [f"Data keys that are encrypted anew: {self.rotated}"]
        lines.append(f"Secrets: {report.secrets}, people: {report.people}; {self._readable()}.")
        if report.waiting:
            lines.append(f"Revocations that a provider has not confirmed yet: {report.waiting}.")
        lines += [f"NO  {one.person_id} {one.provider}: {one.why}" for one in report.unreadable]
        lines += [_key_line(report, key) for key in report.vault_keys]
        lines += [
            f"key {key}: not in OO_VAULT_KEYS; data keys that need it: {count}"
            for key, count in report.data_keys.items()
            if key not in report.vault_keys
        ]
        if self.rotated is None and set(report.data_keys) & set(report.vault_keys[1:]):
            lines.append("`oo vault rotate` encrypts all data keys by the first key.")
        return "\n".join(lines)

    def _readable(self) -> str:
        unreadable = len(self.report.unreadable)
        return f"{unreadable} of the secrets can't be read" if unreadable else "all can be read"


def _key_line(report: VaultReport, key: str) -> str:
    count = report.data_keys.get(key, 0)
    if key == report.vault_keys[0]:
        return f"key {key}: the first, encrypts; data keys under it: {count}"
    return (
        f"key {key}: {f'data keys that need it: {count}' if count else 'nothing needs it; it may be dropped'}"
    )


async def check(settings: Settings) -> VaultCheck:
    """Read everything."""
    _require_key(settings)
    async with open_app(settings) as app:
        return VaultCheck(report=await check_vault(app.store, app.deps.vault))


async def rotate(settings: Settings) -> VaultCheck:
    """Change to the first key, then read everything."""
    _require_key(settings)
    async with open_app(settings) as app:
        rotated = await rotate_vault(app.store, app.deps.vault)
        return VaultCheck(report=await check_vault(app.store, app.deps.vault), rotated=rotated)


def _require_key(settings: Settings) -> None:
    if not settings.environment.vault_keys():
        raise SettingsError((f"OO_VAULT_KEYS: {NO_KEY}",))
