"""`demo`: the whole of it without Slack, in a browser or told as a story."""

import logging
import webbrowser

import click

from bot.cli.extras import check_demo
from bot.cli.leaving import until_told_to_leave


@click.command("demo")
@click.option("--story", is_flag=True, help="Tell a board's cycle as each person sees it, and end.")
@click.option("--port", type=click.IntRange(1, 65535), help="Serve the page on this port; any free one if left out.")
@click.option("--no-browser", is_flag=True, help="Only print the page's address.")
def demo_command(story: bool, port: int | None, no_browser: bool) -> None:
    """Try it in a browser on the example plan (My Sefton 2020–2025), without Slack and without a network."""
    if story and port is not None:
        raise click.UsageError("--port is for the page: the story is told here.")
    check_demo()
    if not story:
        serve_page(port or 0, browser=not no_browser)
        return
    from rich.console import Console

    from bot.demo.story import tell_story

    screen = Console(highlight=False)
    tell_story(screen if screen.is_terminal else Console(highlight=False, width=110))


def serve_page(port: int, *, browser: bool) -> None:
    """Serve the page until Ctrl-C or SIGTERM.

    Raises:
        Refusal: the port cannot be had.
    """
    from bot.demo.page.open_page import has_screen, open_page

    wait = until_told_to_leave()
    page = open_page(port)
    try:
        click.echo(f"The demo is at {page.address}")
        click.echo("Ctrl-C ends it; nothing of it is kept.")
        if browser and has_screen():
            webbrowser.open(page.address)
        wait()
    finally:
        # The socket's client logs an error for each connection cut here on purpose.
        logging.disable(logging.CRITICAL)
        page.close()
    click.echo("The demo has ended.")
