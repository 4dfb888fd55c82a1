"""Opens connections to PostgreSQL, and says why it can't.

Tests: tests/adapters/storage/test_engine.py, tests/adapters/storage/test_postgresql.py.
"""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy.engine import URL

from adapters.storage.postgresql_driver import connect
from adapters.storage.postgresql_failures import said_by, state_of, store_exception
from core.errors import SettingsError, StoreRefused, StoreUnavailable, StoreUnreachable

CONNECT_SECONDS = 10.0
STATEMENT_SECONDS = 300.0  # a server that never answers is given up; the largest job takes less

UTF8 = "UTF8"
_MAKE_IT = "make another: createdb --owner oo --encoding UTF8 --locale C --template template0 NAME"

_OUTAGES = frozenset({"08", "40", "53", "57", "58", "XX"})
"""Classes of codes with which a server lets nobody in that will let somebody in again."""

_FOREIGN_PARAMETERS = frozenset({"channel_binding", "pgbouncer"})
"""Parameters of URLs for other drivers; asyncpg would take them for settings of the server."""

_FILES = frozenset({"sslrootcert", "sslcert", "sslkey", "sslcrl"})
"""Parameters of URLs that name files."""


def place_of(address: URL) -> str:
    """The address without the password and what else may be secret in it."""
    plain = URL.create("postgresql", address.username, None, address.host, address.port, address.database)
    return plain.render_as_string()


def fault_of(place: str, said: str) -> SettingsError:
    """What the operator has to do something about."""
    return SettingsError((f"DATABASE_URL: {place}: {said}",))


class Connect:
    """Opens connections; understands what libpq does in a URL, such as ``sslmode``."""

    def __init__(self, address: URL) -> None:
        """Raises ``SettingsError`` if a file is missing that the URL names."""
        own = address.difference_update_query(_FOREIGN_PARAMETERS).set(drivername="postgresql")
        self._dsn = own.render_as_string(hide_password=False)
        self._place = place_of(address)
        for name in _FILES & address.query.keys():
            file = str(address.query[name])
            if file != "system" and not Path(file).is_file():
                raise fault_of(self._place, f"there is no file {file} ({name})")

    async def __call__(self, **_options: Any) -> Any:
        """Raises ``StoreUnavailable``; ``StoreRefused`` if the operator has to do something about it."""
        try:
            opened = await connect(self._dsn, timeout=CONNECT_SECONDS, command_timeout=STATEMENT_SECONDS)
        except OSError as error:  # also if it took too long
            raise self._unreachable(error) from error
        except (asyncpg.InternalClientError, UnicodeError) as error:
            is_other = isinstance(error, asyncpg.TargetServerAttributeNotMatched)
            raise StoreUnreachable(self._place, str(error) if is_other else "") from error
        except (ValueError, OverflowError) as error:  # no trouble of the server's
            raise StoreRefused(self._place, f"the URL can't be understood: {error}") from error
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise self._turned_away(error)(self._place, said_by(error)) from error
        await self._check_encoding(opened)
        return opened

    def _unreachable(self, error: OSError) -> StoreUnreachable:
        if isinstance(error, ssl.SSLCertVerificationError):
            return StoreRefused(self._place, f"its certificate is not trusted: {error.verify_message}")
        if "rejected SSL upgrade" in str(error):
            return StoreRefused(self._place, "the server offers no TLS, which sslmode demands")
        return StoreUnreachable(self._place)

    def _turned_away(self, error: Exception) -> type[StoreUnavailable]:
        state = state_of(error)
        if state is not None and state[:2] not in _OUTAGES:
            return StoreRefused
        trouble = store_exception(error)
        return trouble or StoreUnreachable

    async def _check_encoding(self, opened: Any) -> None:
        """What a database of another encoding can't hold would be noticed with the first such text."""
        encoding = getattr(opened.get_settings(), "server_encoding", UTF8)
        if encoding != UTF8:
            await opened.close()
            said = f"its encoding is {encoding}, so it can't hold every text; {_MAKE_IT}"
            raise StoreRefused(self._place, said)
