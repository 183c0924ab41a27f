"""The one package that a wheel puts beside other programs' packages, as `cypp_action_tracker`.

The program's four folders lie inside it. Their short names (`bot`, `handlers`, `models`, `schedules`) are top-level
names only in the program's own process: docs/decisions/0063-what-the-wheel-installs.md.
"""

import os
import sys


def main() -> None:
    """Run `cypp` with the folder that holds the program first on the path."""
    here = os.path.dirname(os.path.abspath(__file__))
    # In a wheel the four folders are beside this file; in the repository it is bot/launcher/__init__.py.
    folder = here if os.path.isdir(os.path.join(here, "bot")) else os.path.dirname(os.path.dirname(here))
    sys.path.insert(0, folder)
    from bot.__main__ import main as run

    run()
