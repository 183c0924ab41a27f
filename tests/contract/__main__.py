"""Hold what the bot makes against the npm package @slack/types, with TypeScript; both in the folder that is named.

`make contract` installs them there. What the end-to-end tests sent is in its `recorded`, where `make contract` has them
write it (`tests.local_slack.recorded`). Each payload stands as a literal, so that a property that no type has is an
error too; what has to be refused shows that the check can fail.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.contract.payloads import everything
from tests.local_slack.recorded import recorded

TYPES = "import type { HomeView, KnownBlock, MessageMetadata, ModalView } from '@slack/types';\n"
MESSAGE = "{ text: string; blocks: KnownBlock[]; metadata: MessageMetadata }"
SENT = "{ text: string; blocks?: KnownBlock[]; metadata?: MessageMetadata }"
FEWEST = 300
"""Recorded payloads: with fewer the tests did not write them."""
TEXT = {"type": "plain_text", "text": "x"}
REFUSED: list[tuple[str, str, dict[str, Any]]] = [
    ("texts in a list", "MessageMetadata", {"event_type": "x", "event_payload": {"for": ["a", "b"]}}),
    ("a property that no divider has", "KnownBlock", {"type": "divider", "label": "x"}),
    ("a type that there is not", "KnownBlock", {"type": "table of contents"}),
    ("a header in mrkdwn", "KnownBlock", {"type": "header", "text": {"type": "mrkdwn", "text": "x"}}),
    ("a modal without a title", "ModalView", {"type": "modal", "blocks": []}),
    ("a button without words", "KnownBlock", {"type": "actions", "elements": [{"type": "button", "action_id": "a"}]}),
    ("an image without words", "KnownBlock", {"type": "image", "slack_file": {"id": "F0"}}),
    ("an option without a text", "KnownBlock",
     {"type": "input", "label": TEXT, "element": {"type": "static_select", "options": [{"value": "x"}]}}),
]  # fmt: skip


def main(folder: Path) -> int:
    """Write both files, check them, and print what was refused that should not be, or was not that should."""
    messages, views = everything()
    kinds = {"home": "HomeView", "modal": "ModalView"}
    taken = [
        *((name, MESSAGE, message) for name, message in messages),
        *((name, kinds[view["type"]], view) for name, view in views),
    ]
    taken = [(name, kind, {key: one for key, one in made.items() if key != "picture"}) for name, kind, made in taken]
    sent = recorded(folder / "recorded")
    taken += [(name, SENT if kind == "message" else kinds[made["type"]], made) for kind, name, made in sent]
    errors = _errors(folder, "taken", taken)
    wrong = {number for number, _ in errors}
    for number, said in errors:
        print(f"{taken[number][0]}: {said}")
    missed = set(range(len(REFUSED))) - {number for number, _ in _errors(folder, "refused", REFUSED)}
    for number in sorted(missed):
        print(f"not refused: {REFUSED[number][0]}")
    print(
        f"{len(taken) - len(wrong)} of {len(taken)} are what Slack's types say, {len(sent)} of them recorded by tests; "
        f"{len(REFUSED) - len(missed)} refused"
    )
    return 1 if wrong or missed or len(sent) < FEWEST else 0


def _errors(folder: Path, name: str, made: list[tuple[str, str, dict[str, Any]]]) -> list[tuple[int, str]]:
    """Return what TypeScript says, with the number of the payload; each stands on a line of its own."""
    lines = [f"export const p{number}: {kind} = {json.dumps(one)};" for number, (_, kind, one) in enumerate(made)]
    (folder / f"{name}.ts").write_text(TYPES + "\n".join(lines) + "\n")
    checks = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--moduleResolution", "node16"]
    command = ["node_modules/.bin/tsc", *checks, "--module", "node16", "--pretty", "false", f"{name}.ts"]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    found = re.findall(rf"(?m)^{name}\.ts\((\d+),\d+\): error (.*)$", said)
    if said and not found:
        raise SystemExit(said)
    # The first line imports the types.
    return [(int(line) - 2, words) for line, words in found]


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
