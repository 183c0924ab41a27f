"""The `cypp` command. Each command lives in `bot.cli` and is imported when it is called, so that `ask` starts fast.

Exit codes: 0 done, 1 refused with reasons on stderr, 2 misuse.
"""

import importlib
import logging
import sys
import traceback
from uuid import uuid4

import click

COMMANDS = {
    "serve": ("bot.cli.serve", "Run the bot in Slack over Socket Mode."),
    "demo": ("bot.cli.demo", "Show a board's cycle on the example plan, without Slack."),
    "import": ("bot.cli.plan", "Read a plan file into the database."),
    "migrate": ("bot.cli.plan", "Bring the database to this version."),
    "start": ("bot.cli.plan", "Begin a board's reminders."),
    "admin": ("bot.cli.plan", "Name the administrators."),
    "ask": ("bot.cli.ask", "Ask what follows /cypp, as somebody in the plan."),
    "tick": ("bot.cli.tick", "Do one pass of what is said unasked."),
    "check": ("bot.cli.check", "Say what is in order and what is not."),
}
"""Every command: where it lives, and what it does in one line."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table above."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command; None for a word that is none."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="cypp-action-tracker", prog_name="cypp")
def cypp() -> None:
    """Keeps a Children and Young People's Plan moving: actions, board dates, updates and digests, in Slack."""


def main() -> None:
    """Entry point: runs a command and turns whatever goes wrong into words and an exit code."""
    from models.errors import Refusal

    try:
        cypp(standalone_mode=False)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(1)
    except click.ClickException as misuse:
        misuse.show()
        sys.exit(2)
    except Refusal as refusal:
        click.echo(refusal.sentence, err=True)
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - the last line before people
        reference = uuid4().hex[:8]
        # Frames only: an exception's own words may hold what people wrote.
        frames = "".join(traceback.format_tb(error.__traceback__))
        logging.getLogger(__name__).error("reference %s: %s\n%s", reference, type(error).__name__, frames)
        click.echo(f"Something went wrong here, and the log has it under reference {reference}.", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
