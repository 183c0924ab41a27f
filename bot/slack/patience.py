"""Answers that Slack does not take at once are given again: after as long as it asks for, and not in the pool.

Four threads answer everybody (`Deps.later`): what waits, waits on a clock and holds none of them.
"""

import logging
from collections.abc import Callable
from functools import partial
from threading import Timer

from bot.slack.meanings import Means, Trouble
from bot.slack.requests import Deps

log = logging.getLogger(__name__)

WAITED_AT_MOST = 900.0
"""Seconds for which an answer is tried: a response_url lives for half an hour (Slack, Handling interaction)."""
LEAST_WAIT = 1.0


def try_until_taken(
    deps: Deps,
    attempt: Callable[[], Trouble | None],
    given_up: Callable[[Trouble], None] | None = None,
    *,
    repeatable: bool = False,
    waited: float = 0.0,
) -> None:
    """Give an answer, and again where Slack asks to wait.

    Args:
        deps: what listeners work with.
        attempt: gives the answer once; returns why it was not taken, None where it was.
        given_up: what to do where it was not taken and is not tried again.
        repeatable: whether the same answer given twice does no harm, so that it is given again where nobody knows.
        waited: seconds of real time that have been waited for it already.
    """
    trouble = attempt()
    if trouble is None:
        return
    passes = trouble.means is Means.WAIT or (repeatable and trouble.means is Means.UNKNOWN)
    wait = max(trouble.after, LEAST_WAIT)
    if not passes or waited + wait > WAITED_AT_MOST:
        log.warning("an answer was not taken: %s", trouble.why)
        if given_up is not None:
            given_up(trouble)
        return
    log.info("an answer is given again in %d seconds: %s", wait, trouble.why)
    again = partial(try_until_taken, deps, attempt, given_up, repeatable=repeatable, waited=waited + wait)
    timer = Timer(wait, _into_the_pool, (deps, again))
    timer.daemon = True
    timer.start()


def _into_the_pool(deps: Deps, work: Callable[[], None]) -> None:
    try:
        deps.run_in_background(work)
    except RuntimeError:
        log.warning("an answer was not given: the bot has ended meanwhile")
