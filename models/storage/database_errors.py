"""What a database driver says about a database that cannot be used, as a sentence for people.

SQLite is told by words, PostgreSQL by SQLSTATE (its appendix A), and where no connection came about by libpq's words,
which carry none. No sentence holds a password.
"""

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError

from models.errors import DatabaseBusy, DatabaseFull, DatabaseProblem

ProblemKind = type[DatabaseProblem]
BUSY = "The plan is busy just now, so nothing was stored: please try again."
READ_ONLY = "{name} is read-only, so nothing was stored: make the file and its folder writable for this account."
STANDBY = "{name} takes no changes just now, so nothing was stored: name the server that does, or wait until it may."
DENIED = "{name} does not accept the user name or the password that were given: check both."
MISSING = "There is no database at {name}: have it made first, or check its name."
CROWDED = "{name} has no connection to spare just now, so nothing was stored: try again, or allow it more."
FULL = "The disk of the plan’s database is full, so nothing was stored: have some space freed, then try again."
UNSURE = (
    "The plan’s database took this and has not said whether it was stored: look whether it is there before you say it "
    "again."
)
PRIVILEGES = "{name} lets this account read or change too little: grant it all rights on its tables and schema."
_AWAY = "{name} does not answer just now, so nothing was stored: check its address and that the server runs."

SQLITE: tuple[tuple[str, ProblemKind, str], ...] = (
    ("database is locked", DatabaseBusy, BUSY),
    ("readonly database", DatabaseProblem, READ_ONLY),
    ("not a database", DatabaseProblem, "{name} is not a database of this program: name another file with --db."),
    (
        "unable to open",
        DatabaseProblem,
        "{name} cannot be opened: check that its folder exists and that this account may read and write it.",
    ),
    (
        "disk i/o error",
        DatabaseProblem,
        "{name} cannot be written to its disk, so nothing was stored: check the disk, its free space and your quota.",
    ),
    ("disk is full", DatabaseFull, FULL),
    ("malformed", DatabaseProblem, "{name} is damaged: restore the last backup, or name another file with --db."),
)
STATES: dict[str, tuple[ProblemKind, str]] = {
    "55P03": (DatabaseBusy, BUSY),  # a lock was not had in time
    "57014": (DatabaseBusy, BUSY),  # a statement took too long
    "40P01": (DatabaseBusy, BUSY),  # two waited for each other, and this one gave way
    "40001": (DatabaseBusy, BUSY),
    "25006": (DatabaseProblem, STANDBY),
    "25P03": (DatabaseProblem, _AWAY),  # this program was stopped inside a transaction
    "28000": (DatabaseProblem, DENIED),
    "28P01": (DatabaseProblem, DENIED),
    "3D000": (DatabaseProblem, MISSING),
    "42501": (DatabaseProblem, PRIVILEGES),
    "53100": (DatabaseFull, FULL),
    "53300": (DatabaseProblem, CROWDED),
}
CONNECTING: tuple[tuple[str, ProblemKind, str], ...] = (
    ("password authentication failed", DatabaseProblem, DENIED),
    ("no password supplied", DatabaseProblem, DENIED),
    ("no pg_hba.conf entry", DatabaseProblem, DENIED),
    ('" does not exist', DatabaseProblem, MISSING),
    ("too many clients", DatabaseProblem, CROWDED),
    ("too many connections", DatabaseProblem, CROWDED),
    ("remaining connection slots", DatabaseProblem, CROWDED),
    # The first connection to a database writes a file, and is refused where there is no room for it.
    ("no space left on device", DatabaseFull, FULL),
)


def is_full(error: OSError | sqlite3.Error) -> bool:
    """Return whether what the system or SQLite says of a file is that there is no room for it."""
    return getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "disk is full" in str(error).lower()


def in_people_words(error: DBAPIError, name: str, *, is_sqlite: bool) -> DatabaseProblem | None:
    """Return the sentence for a driver's error on the database `name`; None where it is no fault of its own."""
    said = str(error.orig).lower()
    if is_sqlite:
        for mark, kind, sentence in SQLITE:
            if mark in said:
                return kind(sentence.format(name=name))
        return None
    found = STATES.get(getattr(error.orig, "sqlstate", None) or "")
    if found is not None:
        return found[0](found[1].format(name=name))
    if not isinstance(error, OperationalError):
        return None
    if 'role "' in said:
        return DatabaseProblem(DENIED.format(name=name))
    kind, sentence = next((row[1:] for row in CONNECTING if row[0] in said), (DatabaseProblem, _AWAY))
    return kind(sentence.format(name=name))
