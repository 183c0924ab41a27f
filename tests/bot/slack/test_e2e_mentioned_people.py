"""People and channels mentioned in words are named when these are stored: in rich text Slack would show their ids."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.records.audit import AuditCounts, audit
from models.storage.scope import ALL
from tests.bot.cli.support import query
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ANALYST,
    CHANNEL,
    EDUCATION,
    HEALTH,
    MEMBER,
    SECRETARY,
    UNKNOWN,
    action,
    entries,
    outcomes,
    read,
    replans,
)
from tests.local_slack import Sandbox

SAID = [
    (f"met <@{HEALTH}> on Monday", "met Public Health Lead for Children on Monday"),
    (f"met <@{HEALTH}|head.ph> and <@{EDUCATION}>", "met Public Health Lead for Children and Head of Education"),
    (f"asked <@{MEMBER}>", "asked Some Body"),
    (f"asked <@{UNKNOWN}>", "asked a colleague"),
    ("see <#C0PARTNER|partnership>", "see #partnership"),
    (f"see <#{CHANNEL}|>", "see #partnership"),
    (f"see <#{CHANNEL}>", "see #partnership"),
    ("see <#C0SECRET99|>", "see #private-channel"),
    # Nothing of these is a mention.
    ("ask @health about it", "ask @health about it"),
    ("see #C0 and C0PARTNER", "see #C0 and C0PARTNER"),
    ("see <https://example.org/#C0PARTNER>", "see https://example.org/#C0PARTNER"),
    ("U0PUBHEAL is an id", "U0PUBHEAL is an id"),
    (f"typed &lt;@{HEALTH}&gt; and &lt;@{HEALTH}|chair&gt;", f"typed ‹@{HEALTH}› and ‹@{HEALTH}|chair›"),
    (f"typed &amp;lt;@{HEALTH}&amp;gt; so", f"typed &lt;@{HEALTH}&gt; so"),
    ("typed &lt;b&gt; and a &lt; b", "typed <b> and a < b"),
    ("<!here> all well", "@here all well"),
    ("write to head@example.org", "write to head@example.org"),
]


@pytest.mark.parametrize(("typed", "words"), SAID)
def test_words_name_people_and_channels(calm: Sandbox, typed: str, words: str) -> None:
    add_others(calm)
    calm.workspace.add_channel("C0SECRET99", "secret", private=True, bot_is_member=False)
    shown = read(calm.command(EDUCATION, f"update healthy-5 on track, {typed}"))
    assert [entry.words for entry in entries(calm, "healthy-5")] == [words]
    assert f"“{words}”" in shown


def test_the_same_mention_again_is_the_same_answer(calm: Sandbox) -> None:
    for _ in range(2):
        calm.command(EDUCATION, f"update healthy-5 on track, met <@{HEALTH}>")
    assert len(entries(calm, "healthy-5")) == 1


def test_reasons_and_new_words_name_people(calm: Sandbox) -> None:
    calm.command(SECRETARY, f"move healthy-5 to 23 Oct because <@{HEALTH}> is away")
    assert [one.reason for one in replans(calm, "healthy-5")] == ["Public Health Lead for Children is away"]
    calm.command(SECRETARY, f"close healthy-4 withdrawn because <@{EDUCATION}> does it")
    assert all("<@" not in one.reason for one in outcomes(calm, "healthy-4"))
    calm.command(SECRETARY, f"edit 9sep-2 words Meet <@{HEALTH}> about schools")
    assert "<@" not in action(calm, "9sep-2").words


NAMED = "Public Health Lead for Children"
WHOEVER = f"<@{HEALTH}>"
WRITTEN = [
    (f"withhold healthy-5 1 because {WHOEVER} asked", f"“{NAMED} asked”"),
    (f"correct healthy-5 1 some issues because {WHOEVER} left", f"“because {NAMED} left”"),
    (f"redact healthy-5 1 because {WHOEVER} is named", f"“{NAMED} is named”"),
    (f"board partnership closed 28/12 to 1/1 because {WHOEVER} is away", f"({NAMED} is away)"),
    (f"org schools closed 26/10 to 30/10 because {WHOEVER} is away", f"({NAMED} is away)"),
    (f"front sheet 16 Sep wards: All, ask {WHOEVER}", "“Wards affected”"),
    (f"clearance 16 Sep finance sent to {WHOEVER}", "finance, sent on Thu 27 Aug 2020."),
    (f"contribute police: we thank {WHOEVER} for the training", "the contribution of Merseyside Police"),
    (f"contribution redact police because {WHOEVER} is named", f"“{NAMED} is named”"),
    (f"risk ORG0017 3 x 4 because {WHOEVER} left", f"“{NAMED} left”"),
    (f"meeting cancel 23 Oct because {WHOEVER} is ill", f"“{NAMED} is ill”"),
    (f"add Meet {WHOEVER} weekly, due 23 Oct, lead Head of Education", f"Meet {NAMED} weekly"),
]
AS_TYPED = {"draft"}
"""Where words wait to be read again, by whom they mention."""


def test_nothing_that_is_kept_or_said_of_it_has_an_id_in_the_place_of_somebody(calm: Sandbox) -> None:
    calm.command(EDUCATION, f"update healthy-5 on track, met {WHOEVER}")
    for typed, shown in WRITTEN:
        said = read(calm.command(SECRETARY, typed))
        assert shown in said
        assert "<@" not in said
    path = Path(str(calm.database.path))
    for (table,) in query(path, "SELECT name FROM sqlite_master WHERE type = 'table'"):
        if table not in AS_TYPED:
            rows = query(path, f'SELECT * FROM "{table}"')
            assert [value for row in rows for value in row if isinstance(value, str) and HEALTH + ">" in value] == []
    ((sent,),) = query(path, "SELECT value FROM report_entry WHERE value LIKE '%sent%'")
    assert json.loads(sent).keys() == {"sent", "post"}, "whoever is mentioned is asked as their post"
    with calm.database.read(ALL) as session:
        assert list(audit(session, AuditCounts())) == []


def test_what_was_typed_comes_back_with_whoever_is_mentioned_by_name(calm: Sandbox) -> None:
    for given in (
        calm.command(EDUCATION, f"zebra {WHOEVER} crossing"),
        calm.say(SECRETARY, f"zebra {WHOEVER} crossing"),
        calm.command(EDUCATION, f"healthy-9 red, {WHOEVER} left"),
    ):
        said = read(given)
        assert HEALTH not in said
        assert NAMED in said.split("You typed: ")[1]


def test_a_mention_that_says_who_still_does(calm: Sandbox) -> None:
    said = read(calm.command(HEALTH, f"deputy <@{ANALYST}> until 12/9"))
    assert "Nothing" not in said
    assert ANALYST not in said
