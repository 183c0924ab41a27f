"""No password or token is shown: in a sentence, a log, a traceback, or what Python shows of an object."""

from __future__ import annotations

import gc
import itertools
import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.log import JsonFormatter, TextFormatter
from bot.settings import CommandSettings, Settings, read_settings
from models.errors import Refusal
from models.storage.engine import Database
from models.storage.tracebacks import format_traceback
from tests.bot.cli.conftest import Serve
from tests.bot.cli.support import APP_TOKEN, BOT_TOKEN, EXAMPLE, call, dump, run, start_three_boards
from tests.bot.slack.e2e import when
from tests.local_slack import LocalWorkspace, open_sandbox
from tests.postgres import Server

SECRET = "hunter2"
PASSWORDS = ("hunter2", "hunter2%40x", "x%2Fhunter2", "x:hunter2", "hunter2@x", "x@hunter2", "hunter2/x", "x?hunter2",
             "hunter2#x", "x@y:hunter2", "x/y@hunter2", "hunter2?x@y", "%68unter2hunter2")  # fmt: skip
SCHEMES = (
    "postgresql",
    "postgres",
    "postgresql+psycopg",
    "POSTGRESQL",
    "mysql+pymysql",
    "nosuch",
    "https",
    "jdbc:postgresql",
)
NOWHERE = "127.0.0.1:9"


def addresses() -> Iterator[str]:
    """Addresses of many shapes, each with a password in it somewhere."""
    for scheme, password in itertools.product(SCHEMES, PASSWORDS):
        yield f"{scheme}://clerk:{password}@{NOWHERE}/plan"
    for password in PASSWORDS:
        yield f"postgresql://clerk@{NOWHERE}/plan?password={password}"
        yield f"postgresql://clerk:{password}@[::1]:9/plan?connect_timeout=1"
        yield f"postgresql:///clerk:{password}@{NOWHERE}/plan"
        yield f"postgresql:/clerk:{password}@{NOWHERE}/plan"
        yield f"postgresql//clerk:{password}@{NOWHERE}/plan"
        yield f"//clerk:{password}@{NOWHERE}/plan"
        yield f"clerk:{password}@{NOWHERE}/plan"
    for name in ("password", "sslpassword", "pasword", "PASSWORD", "pass%77ord", "passwd", "secret",
                 "oauth_client_secret", "scram_client_key", "key"):  # fmt: skip
        yield f"postgresql://{NOWHERE}/plan?{name}={SECRET}"
        yield f"postgresql:///plan?host=127.0.0.1&port=9&user=clerk&{name}={SECRET}&sslmode=disable"
        yield f"postgresql:///plan?{name}=a@b&{name}={SECRET}@c"
        yield f"sqlite:////tmp/none/plan.db?{name}={SECRET}"
        yield f"nosuch://host/plan?{name}={SECRET}"
    yield f"host=127.0.0.1 port=9 user=clerk password={SECRET} dbname=plan"
    yield f"dbname=plan password='{SECRET}'"
    yield f"postgresql://clerk:{SECRET}"
    yield f"postgresql://clerk:{SECRET}/plan"
    yield f'"postgresql://clerk:{SECRET}@{NOWHERE}/plan"'
    yield f" postgresql://clerk:{SECRET}@{NOWHERE}/plan "
    yield f"sqlite://clerk:{SECRET}@host/plan.db"
    yield f"postgresql://clerk:{SECRET}@one:1,two:2/plan"
    yield f"postgresql://clerk:{SECRET}@{NOWHERE}/plan?connect_timeout=soon"


def everything_shown(error: BaseException) -> str:
    """What a log, a terminal and Python itself make of an error."""
    info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "x", 1, "%s", (error,), info)
    sentence = error.sentence if isinstance(error, Refusal) else ""
    return "\n".join([sentence, str(error), repr(error), format_traceback(error), TextFormatter().format(record),
                      JsonFormatter().format(record), *traceback.format_exception(*info)])  # fmt: skip


@pytest.mark.parametrize("address", list(dict.fromkeys(addresses())))
def test_an_address_is_never_shown_with_its_password(address: str) -> None:
    database, refused = None, None
    try:
        database = Database(address)
    except Refusal as error:
        refused = error
    if database is None:
        assert refused is not None
        assert SECRET not in everything_shown(refused)
        return
    shown = [database.name, repr(database), str(database), repr(database.engine), str(database.engine.url),
             repr(database.engine.url), repr(database.engine.pool), repr(database.engine.dialect)]  # fmt: skip
    assert SECRET not in " ".join(shown)
    with pytest.raises(Exception) as raised:  # noqa: PT011 - whatever it is, it is shown to somebody
        database.check_revision()
    assert SECRET not in everything_shown(raised.value)
    database.dispose()


def test_what_is_no_secret_is_still_shown() -> None:
    address = "postgresql://clerk:hunter2@db.example/plan?passfile=/run/pgpass&sslmode=verify-full&sslpassword=hunter2"
    database = Database(address)
    assert (
        database.name == "postgresql+psycopg://clerk:***@db.example/plan?passfile=%2Frun%2Fpgpass&sslmode=verify-full"
    )
    with pytest.raises(Refusal, match=r'^"nosuch://…@db\.example/plan" names no database'):
        Database("nosuch://clerk:hunter2@db.example/plan")


def test_a_password_in_the_query_is_the_one_that_the_server_hears(postgres: Server) -> None:
    postgres.ask_for_a_password("asked", SECRET)
    name = postgres.empty()
    before = postgres.url(name, "asked")
    for parameters in (f"password={SECRET}", f"pass%77ord={SECRET}", f"password=wrong&password={SECRET}"):
        database = Database(f"{before}&{parameters}")
        assert database.revision() == ""
        assert SECRET not in database.name + repr(database.engine)
        database.dispose()
    with pytest.raises(Refusal, match="does not accept the user name or the password"):
        Database(f"{before}&password=hunter3").revision()
    postgres.drop(name)


COMMANDS = (
    ("serve",), ("tick", "--dry-run"), ("check",), ("audit",), ("sent",), ("people",),
    ("migrate",), ("ask", "--as", "x", "status"), ("start", "partnership"), ("admin", "add", "a@b.example"),
    ("import", EXAMPLE), ("export", "plan.yaml"),
    ("backup", "plan.backup"), ("restored", "2026-11-20"), ("copy", "--to", "other.db"),
)  # fmt: skip
SHAPES = (
    f"postgresql://clerk:{SECRET}@{NOWHERE}/plan",
    f"postgresql://clerk@{NOWHERE}/plan?password={SECRET}&sslpassword={SECRET}",
    f"postgresql:///clerk:{SECRET}@{NOWHERE}/plan",
    f"postgresql:/clerk:{SECRET}@{NOWHERE}/plan",
    f"host=127.0.0.1 port=9 password={SECRET}",
    f"nosuch://host/plan?password={SECRET}",
)
TOKENS = {
    "SLACK_BOT_TOKEN": "xoxb-" + SECRET,
    "SLACK_APP_TOKEN": "xapp-" + SECRET,
    "SLACK_API_URL": "http://127.0.0.1:9/",
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_no_command_shows_a_password_wherever_it_was_given(command: tuple[str, ...], tmp_path: Path) -> None:
    for shape in SHAPES:
        for done in (
            call(*command, "--db", shape, env=TOKENS, cwd=tmp_path),
            call(*command, env={**TOKENS, "CYPP_DATABASE_URL": shape}, cwd=tmp_path),
        ):
            assert SECRET not in done.said, done
            assert done.code != 0 or command[0] in ("check", "import"), done
    assert not [path for path in tmp_path.rglob("*") if SECRET in path.name]


@pytest.mark.parametrize(
    "command", [*COMMANDS, ("restore",), ("template",), ("guide", "--files"), ("",)], ids=lambda one: one[0]
)
def test_a_password_in_the_wrong_place_is_not_given_back(command: tuple[str, ...], plan: Path, tmp_path: Path) -> None:
    # As the name of a file a keyword string is a name like any other.
    for shape in (*SHAPES[:4], SHAPES[5]):
        for more in (
            (*command, shape),
            (command[0], shape),
            (*command, "--wrong", shape),
            (*command, f"--wrong={shape}"),
        ):
            done = call(*filter(None, more), cwd=tmp_path, env={"CYPP_DATABASE_URL": str(plan)})
            assert SECRET not in done.said, (more, done)


def test_a_password_is_in_nothing_that_is_stored_of_a_move(plan: Path, postgres: Server) -> None:
    postgres.ask_for_a_password("mover", SECRET)
    postgres.execute("ALTER ROLE mover SUPERUSER")
    name = postgres.empty()
    to = f"{postgres.url(name, 'mover')}&password={SECRET}"
    done = call("copy", "--to", to, "--db", plan)
    assert done.code == 0, done
    assert SECRET not in done.said
    assert not [line for line in dump(plan) if SECRET in line]
    assert SECRET not in call("check", "--db", to).said
    assert SECRET not in call("check", "--db", plan).said
    postgres.drop(name)


def test_what_python_shows_of_the_settings_has_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"postgresql://clerk:{SECRET}@h/plan?password={SECRET}"
    for name, value in {**TOKENS, "CYPP_DATABASE_URL": address, "SLACK_API_URL": f"https://u:{SECRET}@h/"}.items():
        monkeypatch.setenv(name, value)
    for settings in (read_settings(), CommandSettings()):
        assert settings.cypp_database_url == address
        assert SECRET not in f"{settings!r} {settings} {[settings]}"
    monkeypatch.setenv("SLACK_BOT_TOKEN", f"xoxb-é{SECRET}")
    with pytest.raises(Refusal) as refused:
        read_settings()
    assert SECRET not in everything_shown(refused.value)


def test_what_python_shows_of_a_running_bot_has_no_token(tmp_path: Path) -> None:
    sandbox = open_sandbox(str(tmp_path / "plan.db"), when(8, 10))
    try:
        secrets = (sandbox.workspace.bot_token, sandbox.workspace.app_token)
        sandbox.command("U0HEADEDU", "mine")
        seen = 0
        for one in gc.get_objects():
            if type(one).__module__.split(".")[0] not in ("bot", "handlers", "models", "schedules"):
                continue
            shown, seen = repr(one), seen + 1
            assert not any(secret in shown for secret in secrets), type(one)
            if not type(one).__module__.startswith("bot.demo"):
                assert "/response/" not in shown, "whoever knows the address of an answer can write to it"
        assert seen > 100
    finally:
        sandbox.close()


def test_a_log_has_neither_the_password_nor_the_tokens(tmp_path: Path, slack: LocalWorkspace, serve: Serve) -> None:
    bot = serve(start_three_boards(tmp_path))
    assert bot.end() == 0
    assert not any(token in bot.said for token in (BOT_TOKEN, APP_TOKEN))
    done = run("serve", "--db", SHAPES[1], env={**TOKENS, "SLACK_API_URL": slack.api_url}, cwd=tmp_path)
    assert done.code == 1
    assert SECRET not in done.said
    assert SECRET not in repr(Settings(slack_bot_token=SecretStr("xoxb-x"), slack_app_token=SecretStr("xapp-x"),
                                       cypp_database_url=SHAPES[1]))  # fmt: skip


ERRORS = (
    f"could not connect to postgresql://clerk:{SECRET}@h/plan",
    f"could not connect to postgresql://clerk:a b{SECRET}@h/plan",
    f"could not connect to https://clerk:a/b@{SECRET}@h/plan?x=1",
    f"sslpassword={SECRET} is wrong",
    f"{{'password': '{SECRET}', 'user': 'x'}}",
    f'{{"sslpassword": "{SECRET}"}}',
    f"password = '{SECRET} {SECRET}' is wrong",
    f"Authorization: Bearer {SECRET}",
    f"xoxb-1-{SECRET} and xoxe.xoxp-1-{SECRET} and xapp-1-{SECRET}",
)


@pytest.mark.parametrize("words", ERRORS)
def test_a_traceback_has_no_secret_that_an_error_names(words: str) -> None:
    assert SECRET not in format_traceback(RuntimeError(words))
