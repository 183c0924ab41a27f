"""The `cypp` command."""


def main() -> None:
    """Entry point."""
