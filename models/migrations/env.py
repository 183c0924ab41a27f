"""Alembic's way in: it runs on the connection that `models.db.migrate` hands over."""

from alembic import context

import models.history_tables
import models.ledger_tables
import models.tables  # noqa: F401 - the tables register themselves
from models.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
