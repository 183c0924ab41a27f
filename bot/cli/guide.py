"""`guide`: how the bot is installed and run, and the files that go with it."""

from pathlib import Path

import click

from bot.cli.common import refuse_taken
from bot.cli.workbook import write_file

_BOT = Path(__file__).parents[1]
GUIDE = _BOT / "install" / "guide.md"
FILES = (
    GUIDE,
    _BOT / "install" / "cypp.service",
    _BOT / "install" / "Containerfile",
    _BOT / "demo" / "my-sefton-2020-2025.yaml",
)
"""The guide, what it runs the bot as a service with, and the example plan that it points to."""


@click.command("guide")
@click.option("--files", "folder", type=click.Path(path_type=Path), help="Write it and its files into this folder.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
def guide_command(folder: Path | None, force: bool) -> None:
    """Print how to install and run the bot in Slack, step by step."""
    if folder is None:
        click.echo(GUIDE.read_text(encoding="utf-8"), nl=False)
        return
    places = [(folder / file.name, file) for file in FILES]
    for place, _ in places:
        refuse_taken(place, force=force)
    for place, file in places:
        write_file(place, file.read_bytes, force=force)
        click.echo(place)
