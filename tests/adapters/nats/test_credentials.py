"""A file with credentials lets oO in at a server that knows the user by their account, and nobody else."""

from __future__ import annotations

import base64
import binascii
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.nats import Access, Connection, described
from core.errors import StreamUnavailable
from tests.servers.nats import NatsServer

PREFIX = {"O": 14 << 3, "A": 0, "U": 20 << 3}
SEED = 18 << 3
NO_LIMITS = {
    **dict.fromkeys(("subs", "data", "payload", "imports", "exports", "conn", "leaf"), -1),
    "wildcards": True,
}
JETSTREAM = dict.fromkeys(("mem_storage", "disk_storage", "streams", "consumer"), -1)


def encoded(content: bytes) -> str:
    checked = content + binascii.crc_hqx(content, 0).to_bytes(2, "little")
    return base64.b32encode(checked).decode().rstrip("=")


class Nkey:
    """A key of an operator (O), an account (A) or a user (U)."""

    def __init__(self, kind: str) -> None:
        self._key, self._prefix = Ed25519PrivateKey.generate(), PREFIX[kind]
        self.name = encoded(bytes([self._prefix]) + self._key.public_key().public_bytes_raw())

    @property
    def seed(self) -> str:
        prefix = bytes([SEED | self._prefix >> 5, (self._prefix & 31) << 3])
        return encoded(prefix + self._key.private_bytes_raw())

    def issue(self, subject: str, kind: str, **nats: object) -> str:
        """The JWT of ``subject``."""
        claims = {"iss": self.name, "sub": subject, "iat": 1, "jti": "x", "name": kind}
        parts = [
            base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=")
            for one in (
                {"typ": "JWT", "alg": "ed25519-nkey"},
                {**claims, "nats": {"type": kind, "version": 2, **nats}},
            )
        ]
        signature = base64.urlsafe_b64encode(self._key.sign(b".".join(parts))).rstrip(b"=")
        return b".".join((*parts, signature)).decode()


def credentials(jwt: str, seed: str) -> str:
    """As nsc writes them."""
    return (
        f"-----BEGIN NATS USER JWT-----\n{jwt}\n------END NATS USER JWT------\n\n"
        "************************* IMPORTANT *************************\n"
        "NKEY Seed printed below can be used to sign and prove identity.\n\n"
        f"-----BEGIN USER NKEY SEED-----\n{seed}\n------END USER NKEY SEED------\n"
    )


async def test_a_user_of_the_account_comes_in_and_another_one_does_not(tmp_path: Path) -> None:
    operator, account, system, user, stranger = map(Nkey, "OAAUU")
    limits = {account: {**NO_LIMITS, **JETSTREAM}, system: NO_LIMITS}
    preloaded = "".join(
        f"  {one.name}: {operator.issue(one.name, 'account', limits=its)}\n" for one, its in limits.items()
    )
    config = tmp_path / "server.conf"
    config.write_text(
        f"operator: {operator.issue(operator.name, 'operator')}\nsystem_account: {system.name}\n"
        f"resolver: MEMORY\nresolver_preload: {{\n{preloaded}}}\n"
    )
    jwt = account.issue(user.name, "user", pub={}, sub={}, subs=-1, data=-1, payload=-1)
    file = tmp_path / "oo.creds"
    async with NatsServer(tmp_path / "jetstream", "-c", str(config)) as server:
        connection = Connection(Access(url=server.url, credentials=str(file)))
        file.write_text(credentials(jwt, user.seed))
        assert "NATS answers" in await described(connection)
        await connection.close()
        file.write_text(credentials(jwt, stranger.seed))
        with pytest.raises(StreamUnavailable, match="refuses the login: see NATS_URL or NATS_CREDENTIALS"):
            await described(connection)


@pytest.mark.parametrize(
    "content", ["", "garbage", credentials("e.y.j", "SUAGARBAGE"), credentials("e.y.j", "no base32 1")]
)
async def test_a_file_that_holds_something_else_is_said_without_what_is_in_it(
    tmp_path: Path, content: str
) -> None:
    file = tmp_path / "oo.creds"
    file.write_text(content)
    with pytest.raises(StreamUnavailable) as raised:
        await Connection(Access(url="nats://127.0.0.1:1", credentials=str(file))).jetstream()
    said = f"NATS_CREDENTIALS: {file} does not hold a user's JWT and seed, as nsc makes them"
    assert str(raised.value) == said


async def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StreamUnavailable, match=r"NATS_CREDENTIALS: .*none can't be read: No such file"):
        await Connection(Access(url="nats://127.0.0.1:1", credentials=str(tmp_path / "none"))).jetstream()
