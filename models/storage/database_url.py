"""The address of a database as people write it: a URL, or the path of an SQLite file; shown without its secrets."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

SHOWN_PARAMETERS = frozenset(
    """
    host hostaddr port dbname user passfile service channel_binding connect_timeout client_encoding options
    application_name fallback_application_name keepalives keepalives_idle keepalives_interval keepalives_count
    tcp_user_timeout replication gssencmode sslmode sslnegotiation sslcompression sslcert sslkey sslrootcert sslcrl
    sslcrldir sslsni sslcertmode ssl_min_protocol_version ssl_max_protocol_version requirepeer require_auth krbsrvname
    gsslib gssdelegation target_session_attrs load_balance_hosts
    """.split()  # noqa: SIM905 - one name after the other is read more easily
)
"""The parameters of a PostgreSQL URL that hold no secret; the value of any other is never shown.

Source: https://www.postgresql.org/docs/18/libpq-connect.html#LIBPQ-PARAMKEYWORDS
"""
_SQLITE_PARAMETERS = frozenset(
    {"uri", "mode", "cache", "immutable", "nolock", "psow", "vfs", "modeof", "timeout", "isolation_level"}
    | {"detect_types", "check_same_thread", "cached_statements"}
)
_NO_PATH = re.compile(
    r"(?i)^postgres(ql)?(\+\w+)?:|//.*@|:.*@|\b\w*(pass(word|wd)?|pwd)\s*=|\b(host|dbname)\s*=|\bxox[a-z]-|\bxapp-"
)
"""An address that was mistyped, or that is libpq's own sort: never the name of a file, which would be shown."""
_SAFE_REST = re.compile(r"[\w.-]*(:\d+)?(/[\w.%-]*)?")


def database_url(given: str) -> str:
    """Return a SQLAlchemy URL from what people write."""
    given = given.strip()
    # PostgreSQL's own tools write it without the driver, and this program has one.
    given = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", given)
    return given if "://" in given else f"sqlite:///{given}"


def read_url(given: str) -> tuple[URL, dict[str, str]]:
    """Return a database's URL without the secrets of its query, and those, to be given to the driver.

    A password before the host stays in it: SQLAlchemy never shows that one.

    Raises:
        ArgumentError: it is none.
        ValueError: it is none, or hides a password where it would be shown.
    """
    if "://" not in given and _NO_PATH.search(given):
        raise ArgumentError("no path")
    url = make_url(database_url(given).encode().decode())
    if url.get_backend_name() == "sqlite":
        if url.query.keys() - _SQLITE_PARAMETERS:
            raise ArgumentError("an SQLite file has no such parameter")
        return url, {}
    if given.count("@") > 1 or "@" in f"{url.host}{url.database}" or ":" in (url.database or ""):
        # The rest of a password whose @ is not written %40.
        raise ArgumentError("an @ that is not written as %40")
    if re.search(r"\?.*=", str(url.password or "")):
        raise ArgumentError("a query with an @ that is not written as %40")
    secrets = {name: _last(value) for name, value in url.query.items() if name not in SHOWN_PARAMETERS}
    return url.difference_update_query(secrets), secrets


def _last(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else value[-1]


def sqlite_file(named: str, parameters: Mapping[str, object] | None = None) -> Path | None:
    """Return the file of an SQLite database, even named as a URI (`file:plan.db?uri=true`); None for one in memory."""
    if parameters and parameters.get("mode") == "memory":
        return None
    if parameters and parameters.get("uri") and named.startswith("file:"):
        named = unquote(urlsplit(named).path)
    path = named.removeprefix("file:")
    return None if path in ("", ":memory:") else Path(path)


def given_away(given: str) -> str:
    """Return an address that leads nowhere as it may be shown: only what cannot be a part of a password."""
    scheme, found, rest = given.partition("://")
    if not found:
        return "…" if _NO_PATH.search(given) else given
    head, at, tail = rest.rpartition("@")
    place = tail.partition("?")[0]
    if "?" in head or not _SAFE_REST.fullmatch(place):
        return f"{scheme}://…"
    return f"{scheme}://{'…@' if at else ''}{place}"
