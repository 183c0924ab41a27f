"""Write docs/reference from the code: `make docs`. A test compares each page with what this gives.

What a page says of a command, a setting or a key stands beside it in the code.
"""

import enum
from collections.abc import Iterator, Mapping
from datetime import date, time
from inspect import cleandoc
from pathlib import Path
from textwrap import wrap
from typing import get_args

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.__main__ import COMMAND_LINE, cypp
from bot.settings import Settings
from bot.slack.scopes import BOT_SCOPES
from handlers.catalogue import REGISTRY
from handlers.commands.boards import Setting
from handlers.permissions import About, may
from handlers.reading.board_commands import _EXAMPLES
from handlers.reading.grammar import Spelling
from models.enums import Verb
from models.files.planfile import fields, schema
from models.plan.accounts import Actor, Membership, Roles

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
GENERATED = "<!-- Made by `make docs` from the code; a test compares. -->"

GROUPS = {
    "status": "Asking",
    "updates": "Answering",
    "outcomes": "What the board decided",
    "papers": "The board's paper",
    "contributions": "Contributions to a focus theme",
    "measures": "Measures",
    "risks": "Risks",
    "actions": "The actions themselves",
    "boards": "Boards, meetings and organisations",
    "people": "People",
    "conversation": "Help",
}
"""What the commands of each package of `handlers/` are about, in the order of the help."""

_ACTOR = Actor("T", "U")
_ABOUT = About(lead_post_id=1, board_id=1)
ROLES = {
    "anyone in the workspace": Roles(_ACTOR, Membership.MEMBER),
    "whoever acts for the lead": Roles(_ACTOR, Membership.MEMBER, posts=(1,)),
    "the board's secretary": Roles(_ACTOR, Membership.MEMBER, secretary_of=frozenset({1})),
    "its chair": Roles(_ACTOR, Membership.MEMBER, chair_of=frozenset({1})),
    "an administrator": Roles(_ACTOR, Membership.MEMBER, is_administrator=True),
}
"""Somebody in each role for the action or board that a command is about."""

KINDS = {
    fields.PlanKey.__metadata__[0].func: "key",  # type: ignore[attr-defined]
    fields.PlanReference.__metadata__[0].func: "name or key",  # type: ignore[attr-defined]
    fields.PlanPriority.__metadata__[0].func: "number or title",  # type: ignore[attr-defined]
    fields.PlanRef.__metadata__[0].func: "ref",  # type: ignore[attr-defined]
    fields.PlanEmail.__metadata__[0].func: "e-mail address",  # type: ignore[attr-defined]
    fields.PlanSlackUser.__metadata__[0].func: "Slack ID",  # type: ignore[attr-defined]
    fields.PlanChannel.__metadata__[0].func: "Slack ID",  # type: ignore[attr-defined]
    fields.PlanZone.__metadata__[0].func: "time zone",  # type: ignore[attr-defined]
    fields.PlanDue.__metadata__[0].func: "date or month",  # type: ignore[attr-defined]
    fields.PlanMonth.__metadata__[0].func: "month",  # type: ignore[attr-defined]
}
BASES: Mapping[object, str] = {str: "text", int: "whole number", date: "date", time: "time"}

BOARD_KEYS = {
    Setting.PAPERS: ("papers",),
    Setting.UPDATES: ("updates_due",),
    Setting.ASK: ("ask_for",),
    Setting.PUBLISH: ("publish",),
    Setting.CLOSED: ("closed",),
    Setting.OPEN: ("opened",),
    Setting.NATION: ("nation",),
    Setting.CHANNEL: ("channel",),
    Setting.SECRETARY: ("secretary",),
    Setting.CHAIR: ("chair", "chair_until"),
}
"""The keys of a plan file's board that say the same as each setting."""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _table(*heads: str) -> list[str]:
    return [_row(*heads), f"|{'---|' * len(heads)}"]


def _said(*words: str) -> list[str]:
    """Return a paragraph, in lines of at most 120 characters."""
    return wrap(" ".join(words), 120, break_long_words=False, break_on_hyphens=False)


def _page(title: str, *lines: str) -> str:
    return "\n".join((f"# {title}", "", GENERATED, "", *lines)).rstrip() + "\n"


def commands() -> str:
    """Return the page of what can be typed after `/cypp`."""
    lines = _said(
        "What can be typed in Slack after `/cypp`, and in the direct conversation with the bot. A wrong word gets the",
        "nearest right one, and what was typed comes back. Words in capitals stand for your own; what is in brackets",
        "may be left out. Only the asker sees the answer, until they press *Share in channel*. Questions in plain",
        "words are read as well: [what people write](../explanation/what-people-write.md).",
    )
    group = ""
    for entry in REGISTRY.commands.values():
        package = entry.handler.__module__.split(".")[1]
        for spelling in entry.spellings:
            if not spelling.usage:
                continue
            if GROUPS[package] != group:
                group = GROUPS[package]
                lines += ["", f"## {group}"]
            lines += _command(spelling, entry.who_may)
    return _page("Commands", *lines)


def _command(spelling: Spelling, verbs: tuple[Verb, ...]) -> Iterator[str]:
    yield from ("", f"### {spelling.name}", "", f"`/cypp {spelling.usage}`", "", spelling.line)
    yield from (f"Who may: {_who_may(verbs)}.", "")
    yield from (f"    /cypp {example}" for example in spelling.examples)
    if spelling.synonyms:
        yield from ("", *_said(f"Other words: {', '.join(spelling.synonyms)}."))


def _who_may(verbs: tuple[Verb, ...]) -> str:
    able = [role for role, roles in ROLES.items() if any(may(roles, verb, _ABOUT) for verb in verbs)]
    return able[0] if len(able) == len(ROLES) else ", ".join(able)


def settings() -> str:
    """Return the page of settings: the environment's, a board's, and what the Slack app is allowed."""
    lines = [
        "## The environment",
        "",
        "Read once, when a command begins. An empty value is as good as none.",
        "",
        *_table("variable", "default", "what it is"),
    ]
    for name, field in sorted(Settings.model_fields.items(), key=lambda named: not named[1].is_required()):
        default = "must be set" if field.is_required() else f"`{field.default}`"
        lines.append(_row(f"`{name.upper()}`", default, field.description or ""))
    lines += [
        "",
        "## A board",
        "",
        *_said(
            "A board's secretary changes one at a time with `/cypp board BOARD SETTING`, or in the form behind",
            "*Change…*. The plan file holds the same under the keys named here.",
        ),
        "",
        *_table("setting", "for instance", "key of the plan file", "what it is"),
    ]
    for setting in Setting:
        keys = BOARD_KEYS[setting]
        what = "; ".join(schema.FileBoard.model_fields[key].description or "" for key in keys)
        lines.append(
            _row(setting.value, f"`/cypp board BOARD {_EXAMPLES[setting]}`", ", ".join(f"`{k}`" for k in keys), what)
        )
    lines += [
        "",
        "## The Slack app",
        "",
        "`cypp manifest` prints the app's manifest. It asks for these scopes and no others:",
        "",
        *(f"- `{scope}`" for scope in BOT_SCOPES),
    ]
    return _page("Settings", *lines)


def command_line() -> str:
    """Return the page of the command line."""
    lines = [
        *_said(
            "`cypp` is in `.venv/bin` after `make setup`. Exit codes: 0 done, 1 refused with the reasons on stderr",
            "(for `audit`: something does not check), 2 misuse.",
        ),
        "",
        *_said(
            "`--now` on `tick`, and on `ask` with words that write, is refused on a database that is not a",
            "demonstration's, unless with `--dry-run`.",
        ),
    ]
    root = click.Context(cypp, info_name="cypp")
    for name in COMMAND_LINE:
        command = cypp.get_command(root, name)
        assert command is not None
        lines += _click(command, click.Context(command, root, name), 2)
    return _page("The command line", *lines)


def _click(command: click.Command, ctx: click.Context, level: int) -> Iterator[str]:
    usage = " ".join((ctx.command_path, *command.collect_usage_pieces(ctx)))
    yield from ("", f"{'#' * level} {ctx.command_path}", "", f"`{usage}`")
    for paragraph in cleandoc(command.help or "").split("\n\n"):
        yield from ("", " ".join(paragraph.split()))
    options = [one for one in command.get_params(ctx) if isinstance(one, click.Option)]
    rows = [record for option in options if (record := option.get_help_record(ctx))]
    rows = [(option, what) for option, what in rows if "--help" not in option]
    if rows:
        yield from ("", *_table("option", "what it does"))
        yield from (_row(f"`{option}`", " ".join(what.split())) for option, what in rows)
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            under = command.get_command(ctx, name)
            assert under is not None
            yield from _click(under, click.Context(under, ctx, name), level + 1)


def plan_file() -> str:
    """Return the page of the plan file's keys."""
    lines = [
        *_said(
            "A plan file is YAML. `cypp import FILE --dry-run` says every problem at once, with its line; nothing is",
            "stored before all of it is right. The workbook that `cypp template FILE.xlsx` writes holds the same in",
            "sheets. What `cypp export` writes imports again. A file to copy from:",
            "`bot/demo/my-sefton-2020-2025.yaml`.",
        ),
        "",
        *_said(
            "A key is small letters, digits and hyphens. A date is written `2020-09-16`, `16/09/2020` or `16 Sep",
            "2020`, the day first; a month `2020-12` or `Dec 2020`, a time `14:00` or `2pm`. Whatever the file",
            "lists may be named by its key, its name or another name of it; a name that two posts share, with the",
            "organisation: “Manager, Sefton Council”. Statuses are written as in Slack.",
        ),
    ]
    shapes: list[type[BaseModel]] = [schema.PlanFile]
    for shape in shapes:
        title = "The file" if shape is schema.PlanFile else _words(shape.__name__)
        lines += ["", f"## {title}", "", " ".join(cleandoc(shape.__doc__ or "").split("\n\n")[0].split()), ""]
        lines += _table("key", "takes", "left out", "what it is")
        for name, field in shape.model_fields.items():
            takes, under = _takes(field)
            shapes += [one for one in under if one not in shapes]
            lines.append(_row(f"`{field.alias or name}`", takes, _left_out(field), field.description or ""))
    lines += [
        "",
        "## Importing again",
        "",
        *_said(
            "A file that `cypp export` wrote can be changed and imported into the same plan. What the file says, what",
            "the plan says now and what it said at the export are compared. A key changed in the file alone is",
            "applied. Where both changed it is a conflict, every conflict is named, and nothing is stored. A file",
            "that no export wrote can add to a plan and cannot change it.",
        ),
    ]
    return _page("The plan file", *lines)


def _words(name: str) -> str:
    """Return "Closed dates" for "ClosedDates", and "Board" for "FileBoard"."""
    letters = name.removeprefix("File")
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in letters).strip().capitalize()


def _takes(field: FieldInfo) -> tuple[str, list[type[BaseModel]]]:
    """Return what a key takes, and the shapes that are under it."""
    found: list[str] = []
    under: list[type[BaseModel]] = []
    several = False

    def look(annotation: object, metadata: tuple[object, ...]) -> None:
        nonlocal several
        for one in metadata:
            func = getattr(one, "func", None)
            if func in KINDS:
                found.append(KINDS[func])
                return
        if hasattr(annotation, "__metadata__"):
            look(get_args(annotation)[0], annotation.__metadata__)
        elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
            under.append(annotation)
            found.append(f"[{_words(annotation.__name__)}](#{_words(annotation.__name__).lower().replace(' ', '-')})")
        elif isinstance(annotation, type) and issubclass(annotation, enum.Enum):
            found.append(", ".join(f"`{word.value}`" for word in annotation))
        elif annotation in BASES:
            found.append(BASES[annotation])
        else:
            several = several or getattr(annotation, "__origin__", None) is tuple
            for inner in get_args(annotation):
                if inner not in (type(None), ...):
                    look(inner, ())

    look(field.annotation, tuple(field.metadata))
    return f"{'a list: ' if several else ''}{', '.join(found)}", under


def _left_out(field: FieldInfo) -> str:
    if field.is_required():
        return "must be there"
    default = field.default
    if default in (None, (), "", 0) or isinstance(default, BaseModel):
        return "may be"
    return f"`{default.isoformat('minutes') if isinstance(default, time) else getattr(default, 'value', default)}`"


PAGES = {
    "commands.md": commands,
    "settings.md": settings,
    "command-line.md": command_line,
    "plan-file.md": plan_file,
}


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        (FOLDER / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
