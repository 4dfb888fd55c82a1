"""How alembic reaches the database.

``adapters.storage.schema`` hands its connection over, within its transaction: a step that is killed leaves
nothing behind. For alembic's own command line, ``DATABASE_URL`` names the database.
"""

from __future__ import annotations

import os

from alembic import context
from sqlalchemy import Connection

from adapters.storage.engine import connect
from adapters.storage.tables import metadata


def migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()


if "connection" in context.config.attributes:
    migrate(context.config.attributes["connection"])
else:
    engines = connect(os.environ["DATABASE_URL"])
    with engines.writer.begin() as connection:
        migrate(connection)
    engines.close()
