"""`manifest`: what Slack is told about the app when it is made."""

import click


@click.command("manifest")
def manifest_command() -> None:
    """Print the app's manifest, to be pasted into Slack under “Create New App”, “From a manifest”."""
    from bot.slack.manifest import manifest_yaml

    click.echo(manifest_yaml(), nl=False)
