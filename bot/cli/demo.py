"""`demo`: the whole of it without Slack."""

import click


@click.command("demo")
@click.option("--story", is_flag=True, help="Tell a board's cycle as each person sees it, and end.")
def demo_command(story: bool) -> None:
    """Show a board's cycle on the example plan (My Sefton 2020–2025), without Slack and without a network."""
    if not story:
        raise click.UsageError("Say “cypp demo --story”: a board's cycle as each person sees it, ending by itself.")
    from rich.console import Console

    from bot.demo.story import tell

    screen = Console(highlight=False)
    tell(screen if screen.is_terminal else Console(highlight=False, width=110))
