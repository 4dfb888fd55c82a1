"""The keys of targets."""

from __future__ import annotations

from core.signing import Signer
from core.vault import vault_key

SIGNER = Signer((vault_key(bytes(range(32))), vault_key(bytes(range(1, 33)))))
