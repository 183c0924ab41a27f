"""Alembic's way in: it runs on the connection that `models.storage.engine.migrate` hands over."""

from alembic import context

import models.storage.history_tables
import models.storage.notification_tables
import models.storage.tables  # noqa: F401 - the tables register themselves
from models.storage.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_server_default=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
