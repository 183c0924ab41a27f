"""How data is stored: tables, the engine, PostgreSQL, backups, copies, migrations."""
