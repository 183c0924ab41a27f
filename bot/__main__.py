"""The `cypp` command. Each command lives in `bot.cli` and is imported when it is called, so that `ask` starts fast.

Exit codes: 0 done, 1 refused with reasons on stderr, 2 misuse.
"""

import gc
import importlib
import io
import logging
import os
import sys
import tempfile
from datetime import UTC, datetime
from difflib import get_close_matches
from types import ModuleType
from uuid import uuid4

import click

COMMAND_LINE = {
    "serve": ("bot.cli.serve", "Run the bot in Slack over Socket Mode."),
    "demo": ("bot.cli.demo", "Try it in a browser, or as a story, without Slack."),
    "guide": ("bot.cli.guide", "Print how to install and run it, step by step."),
    "template": ("bot.cli.workbook", "Write the workbook to fill in."),
    "import": ("bot.cli.plan", "Read a plan file into the database."),
    "plan": ("bot.cli.plan_end", "Say which plan runs and which have ended, or end it."),
    "export": ("bot.cli.workbook", "Write the plan and its action log to a file."),
    "papers": ("bot.cli.papers", "Write a board's paper for a meeting to a Word file."),
    "backup": ("bot.cli.backup", "Write the whole plan into one file, while the bot runs."),
    "restore": ("bot.cli.backup", "Put a backup in the database's place."),
    "restored": ("bot.cli.backup", "Say that the database came back from a dump of its own."),
    "copy": ("bot.cli.copy", "Move everything to another database."),
    "migrate": ("bot.cli.plan", "Bring the database to this version."),
    "start": ("bot.cli.start", "Begin a board's reminders."),
    "admin": ("bot.cli.plan", "Name the administrators."),
    "people": ("bot.cli.people", "Link people to Slack accounts, and list who is left."),
    "person": ("bot.cli.person", "Write what is held about somebody into a file, or erase them."),
    "ask": ("bot.cli.ask", "Ask what follows /cypp, as somebody in the plan."),
    "tick": ("bot.cli.tick", "Do one pass of what is said unasked."),
    "sent": ("bot.cli.sent", "List a day's messages: to which post, why, how it went."),
    "figures": ("bot.cli.figures", "Say how well messages were read, and who answered in time."),
    "resend": ("bot.cli.resend", "Send again what failed or is uncertain."),
    "manifest": ("bot.cli.manifest", "Print the app's manifest, to be pasted into Slack."),
    "tidy": ("bot.cli.tidy", "Take out what is kept only for a time."),
    "audit": ("bot.cli.audit", "Say where a history was changed or cut."),
    "check": ("bot.cli.check", "Say what is in order and what is not."),
}
"""Every command: its module, and what it does in one line."""


def _imported(name: str) -> ModuleType:
    """Import a module with garbage collection paused: an import makes many objects, and all are kept."""
    gc.disable()
    try:
        return importlib.import_module(name)
    finally:
        gc.freeze()
        gc.enable()


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the table above."""
        return list(COMMAND_LINE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command; None for an unknown word."""
        if cmd_name not in COMMAND_LINE:
            return None
        module = _imported(COMMAND_LINE[cmd_name][0])
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for an unknown word; click would know only those already imported."""
        near = get_close_matches(args[0], COMMAND_LINE, 1) if args[0] not in COMMAND_LINE else []
        if near and not args[0].startswith("-"):
            raise click.UsageError(f"No such command “{args[0]}”. Did you mean {near[0]}?", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMAND_LINE.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="cypp-action-tracker", prog_name="cypp")
def cypp() -> None:
    """Keeps a Children and Young People's Plan moving: actions, board dates, updates and digests, in Slack."""  # noqa: D401 - what `cypp --help` says


def real_now() -> datetime:
    """Return the real time, aware, in UTC: every command has it from here."""
    return datetime.now(UTC)


def system_account() -> str:
    """Return the operating system's name for whoever runs this: every command that writes has it from here."""
    import pwd

    number = os.getuid()
    try:
        # Not from the environment, where anybody may write another name.
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"number {number}"


def main() -> None:
    """Run a command, and turn whatever goes wrong into words and an exit code."""
    from models.errors import Refusal, hide_secrets

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a letter shows a question mark; it is no reason to fail.
            stream.reconfigure(errors="replace")
    try:
        code = cypp(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(1)
    except click.ClickException as misuse:
        # What was typed is given back, and an address with its password may have been typed in another place.
        shown = io.StringIO()
        misuse.show(shown)
        click.echo(hide_secrets(shown.getvalue()), err=True, nl=False)
        sys.exit(2)
    except Refusal as refusal:
        from bot.plain_text import paragraphs

        click.echo(paragraphs(hide_secrets(refusal.sentence)), err=True)
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read along (`| head`) has gone; Python would say so once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - the last line before people
        reference = uuid4().hex[:8]
        click.echo(f"Something went wrong here, under reference {reference}: {_note(reference, error)}.", err=True)
        sys.exit(1)


def _note(reference: str, error: Exception) -> str:
    """Write down what went wrong, in the log or, where a command keeps none, in a file of its own; say where."""
    from models.storage.tracebacks import format_traceback

    told = f"reference {reference}: {format_traceback(error)}"
    if logging.getLogger().handlers:
        logging.getLogger(__name__).error("%s", told)
        return "the log has it, for whoever looks after this program"
    with tempfile.NamedTemporaryFile(
        "w", prefix=f"cypp-{reference}-", suffix=".log", delete=False, encoding="utf-8", errors="replace"
    ) as file:
        file.write(told)
    return f"send {file.name} to whoever looks after this program"


if __name__ == "__main__":
    main()
