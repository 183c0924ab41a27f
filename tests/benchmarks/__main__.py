"""`python -m tests.benchmarks [NAME…]`: one line of JSON a figure on stdout, what is being done on stderr."""

from __future__ import annotations

import gc
import logging
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.accounts import accounts
from tests.benchmarks.action_logs import action_logs
from tests.benchmarks.answering import status, status_million, status_sending
from tests.benchmarks.commands import cold, importing
from tests.benchmarks.databases import Databases
from tests.benchmarks.history_figures import history, large
from tests.benchmarks.measure import Figure
from tests.benchmarks.meeting import moving
from tests.benchmarks.papers import papers
from tests.benchmarks.reading import reading
from tests.benchmarks.run import Run, Sizes
from tests.benchmarks.sending import sending
from tests.benchmarks.stand_in import StandIn
from tests.benchmarks.unasked import planning, quiet_tick

BENCHMARKS: dict[str, Callable[[Run], Iterator[Figure]]] = {
    "status": status,
    "status-million": status_million,
    "status-sending": status_sending,
    "sending": sending,
    "import": importing,
    "log": action_logs,
    "cold": cold,
    "papers": papers,
    "reading": reading,
    "moving": moving,
    "quiet-tick": quiet_tick,
    "planning": planning,
    "accounts": accounts,
    "history": history,
    "large": large,
}
"""Every benchmark; `status` and `status-million` give two figures each, `history` and `large` one for each question."""


def figures(names: list[str], sizes: Sizes, say: Callable[[str], None]) -> Iterator[Figure]:
    """The figures of the benchmarks named, one after the other, all on the same databases."""
    with tempfile.TemporaryDirectory(prefix="cypp-bench-") as folder:
        stand_in = StandIn(sizes.messages)
        try:
            run = Run(sizes, Databases(Path(folder), say), stand_in)
            for name in names:
                say(name)
                yield from BENCHMARKS[name](run)
        finally:
            stand_in.close()


def main() -> None:
    """Prints the figures of the benchmarks named, of all where none is."""
    unknown = [name for name in sys.argv[1:] if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.")
    # As the command line does once all is imported.
    gc.freeze()
    logging.basicConfig(level=logging.WARNING)
    for figure in figures(sys.argv[1:] or list(BENCHMARKS), Sizes(), lambda what: print(f"… {what}", file=sys.stderr)):
        print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
