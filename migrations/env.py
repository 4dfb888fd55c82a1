"""Alembic's environment.

``adapters.storage.schema`` passes its connection, within its transaction, so that an interrupted migration
leaves nothing behind. Alembic's own command line uses ``DATABASE_URL``.
"""

from __future__ import annotations

import asyncio
import os

from alembic import context
from sqlalchemy import Connection

from adapters.storage.engine import connect
from adapters.storage.session import transaction
from adapters.storage.tables import metadata


async def migrate_named() -> None:
    database = connect(os.environ["DATABASE_URL"])
    async with transaction(database.writer) as session:
        await session.run(migrate)
        await session.run(database.migrated)
    await database.close()


def migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()


if "connection" in context.config.attributes:
    migrate(context.config.attributes["connection"])
else:
    asyncio.run(migrate_named())
