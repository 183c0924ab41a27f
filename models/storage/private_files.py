"""Make files that their owner alone may read, whatever the umask. A file that is there keeps what its owner set.

Source: docs/explanation/data-protection.md, Who sees what.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp

OWNER_ALONE = 0o600


def make_private(path: Path) -> None:
    """Make an empty file where there is none; what cannot be made is left to whoever opens it to say.

    SQLite gives the files beside a database (log, shared memory, journal) the permissions of the database.
    """
    with suppress(OSError):
        # O_EXCL does not follow a link, and a database may be one.
        made = os.open(os.path.realpath(path), os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ALONE)
        try:
            os.fchmod(made, OWNER_ALONE)
        finally:
            os.close(made)


@contextmanager
def written_beside(target: Path, folder: Path | None = None) -> Iterator[Path]:
    """Yield a new file beside a target, which takes its place if all goes well and is gone if not.

    It is its owner's alone, or as open as the file whose place it takes.

    Raises:
        OSError: the file cannot be made, or cannot take the target's place.
    """
    made, name = mkstemp(dir=folder or target.parent, prefix=f".{target.name}.")
    part = Path(name)
    try:
        try:
            _permit(made, target)
        finally:
            os.close(made)
        yield part
        os.replace(part, target)
    finally:
        for leftover in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
            leftover.unlink(missing_ok=True)


def _permit(made: int, target: Path) -> None:
    """Give a new file the permissions of the one whose place it takes, to the same group or to none."""
    try:
        before = target.stat()
    except OSError:
        os.fchmod(made, OWNER_ALONE)
        return
    mode = stat.S_IMODE(before.st_mode)
    with suppress(OSError):
        os.fchown(made, -1, before.st_gid)
    if os.fstat(made).st_gid != before.st_gid:
        mode &= ~stat.S_IRWXG
    os.fchmod(made, mode)
