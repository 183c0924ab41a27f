"""Every command as people see it: its name, how it is written, what it does, examples, and other words for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HelpEntry:
    """A command: its name, how it is written, what it does in one line, examples, and other words for it."""

    name: str
    usage: str
    line: str
    examples: tuple[str, ...]
    synonyms: tuple[str, ...] = ()


HELP: tuple[HelpEntry, ...] = (
    HelpEntry(
        "status",
        "status [priority, theme or action]",
        "Where the plan, a priority, a theme or one action stands.",
        ("status priority 7", "status", "status priorities 7-9", "status theme healthy", "status healthy-5"),
        ("progress", "show", "show me", "report", "state", "stat", "how is", "how are", "overview"),
    ),
    HelpEntry(
        "mine",
        "mine",
        "The actions you answer for.",
        ("mine",),
        ("my actions", "my action", "my list", "my", "me", "actions for me"),
    ),
    HelpEntry(
        "overdue",
        "overdue [board]",
        "What is overdue, most meetings missed first.",
        ("overdue", "overdue partnership"),
        ("late", "what is overdue", "what's overdue", "what is late", "what's late", "behind"),
    ),
    HelpEntry(
        "due",
        "due [meeting]",
        "What is due at the next meeting, or at one you name.",
        ("due", "due 23 Oct", "due september meeting"),
        ("what is due", "what's due", "due at", "due for"),
    ),
    HelpEntry(
        "owing",
        "owing [meeting or board]",
        "Who still owes an answer for a meeting, by lead. Everyone else sees their own.",
        ("owing", "owing october", "owing partnership"),
        ("who owes", "who still owes", "owed", "outstanding", "no update received", "no update"),
    ),
    HelpEntry(
        "find",
        "find words",
        "Actions by any of their words: ref, text, lead, organisation, priority, status, last update.",
        ("find advocacy", "find head of education", "find healthy off track"),
        ("search", "search for", "look for", "look up", "find me"),
    ),
    HelpEntry(
        "update",
        "update REF STATUS words",
        "Say how an action stands: on track, some issues, off track or not started.",
        (
            "update healthy-5 on track two advisors recruited",
            "update healthy-5 amber the post is still vacant",
            "update healthy-5 to follow by 4/9",
        ),
        ("updates", "updated", "answer", "set"),
    ),
    HelpEntry(
        "done",
        "done REF evidence",
        "Propose an action for closure, with evidence: words or a link. The board agrees.",
        ("done healthy-5 both advisors started on 1 September",),
        ("finished", "complete", "completed", "finish", "propose", "propose closure"),
    ),
    HelpEntry(
        "no change",
        "no change REF",
        "Say that an action stands as it did last time.",
        ("no change healthy-5",),
        ("unchanged", "no changes", "nochange", "as last time"),
    ),
    HelpEntry(
        "verbal",
        "verbal REF",
        "Say that you will report at the meeting.",
        ("verbal healthy-5",),
        ("verbal update", "verbal report"),
    ),
    HelpEntry(
        "not ours",
        "not ours REF why",
        "Say that an action is not yours. The secretary is told.",
        ("not ours healthy-5 this sits with housing",),
        ("not mine", "notours", "not us"),
    ),
    HelpEntry(
        "snooze",
        "snooze REF",
        "Ask me about an action again in two working days.",
        ("snooze healthy-5",),
        ("remind me about", "remind me later about", "ask me later about", "ask me again about"),
    ),
    HelpEntry(
        "outcome",
        "outcome REF what the board decided",
        "Record what the board decided: closed, carried forward, not agreed, closed not done, or no decision.",
        (
            "outcome healthy-5 closed minute 41",
            "outcome healthy-5 carried forward to 23 Oct",
            "outcome healthy-5 not agreed because the report is a draft",
            "outcome healthy-5 withdrawn because the funding ended",
            "outcome healthy-5 no decision",
        ),
        ("outcomes", "decision", "decided"),
    ),
    HelpEntry(
        "close",
        "close REF [agreed MEETING] [minute NUMBER]",
        "Record that the board agreed an action is complete.",
        ("close healthy-5", "close healthy-5 agreed 23/10 minute 41"),
        ("closed", "closing", "agreed", "approve", "approved"),
    ),
    HelpEntry(
        "not agreed",
        "not agreed REF because …",
        "Record that the board does not agree that it is done: it goes back to its last rating.",
        ("not agreed healthy-5 because the report is a draft",),
        ("reject", "rejected"),
    ),
    HelpEntry(
        "withdraw",
        "withdraw REF because …",
        "Record that the board withdrew it: closed, not done.",
        ("withdraw healthy-5 because the funding ended",),
        ("withdrawn", "drop"),
    ),
    HelpEntry(
        "replace",
        "replace REF by REF because …",
        "Record that another action has taken its place: closed, not done.",
        ("replace healthy-5 by happy-2 because they are one now",),
        ("replaced", "supersede"),
    ),
    HelpEntry(
        "reopen",
        "reopen REF because …",
        "Open a closed action again, as it was last rated.",
        ("reopen healthy-5 because the report was withdrawn",),
        ("re-open", "reopened", "re open"),
    ),
    HelpEntry(
        "history",
        "history REF",
        "Every entry of an action with its number: who, when, what.",
        ("history healthy-5",),
        ("entries", "log", "audit"),
    ),
    HelpEntry(
        "correct",
        "correct REF ENTRY STATUS words",
        "Put an entry right by a new one in its place; both stay in the history.",
        (
            "correct healthy-5 3 on track three advisors recruited, not two",
            "correct healthy-5 last amber the post is vacant",
        ),
        ("correction", "amend"),
    ),
    HelpEntry(
        "withhold",
        "withhold REF ENTRY because …",
        "Mark an entry as not for publication: elsewhere it says “update held”.",
        ("withhold healthy-5 3 because the tender is open",),
        ("hold", "not for publication"),
    ),
    HelpEntry(
        "redact",
        "redact REF ENTRY because …",
        "Empty an entry's words everywhere the bot wrote them. Status, date and signature stay.",
        ("redact healthy-5 3 because it describes a child",),
        ("redaction", "erase"),
    ),
    HelpEntry(
        "move",
        "move REF to MEETING because …",
        "Re-plan an action to another meeting. The first due meeting is kept.",
        ("move healthy-5 to 23 Oct because the post is vacant",),
        ("re-plan", "replan", "re plan", "postpone", "defer", "reschedule", "moved"),
    ),
    HelpEntry(
        "meetings",
        "meetings [board]",
        "The boards' meetings, with the days updates are due and papers go out.",
        ("meetings", "meetings partnership"),
        ("dates", "calendar", "boards", "when"),
    ),
    HelpEntry(
        "meeting",
        "meeting add|move|cancel|confirm …",
        "Change a board's meetings. What is due moves with a meeting; a cancelled one passes it on.",
        (
            "meeting add partnership 8 Dec 2020 14:00",
            "meeting move 16 Sep to 23 Sep",
            "meeting cancel 16 Sep because the chamber is closed",
            "meeting confirm December as 9 Dec 14:00",
        ),
    ),
    HelpEntry(
        "add",
        "add POST: words by DATE or MEETING",
        "Add an action to your board's list, or several, one a line; alone it opens a form. Shown before it is added.",
        (
            "add Head of Education: publish the guide by 8 Dec",
            "add to partnership: publish the guide, lead Head of Education, due next",
            "add all partners except police: send in the figures by 2 Oct",
        ),
        ("new action", "add action", "add actions"),
    ),
    HelpEntry(
        "assign",
        "assign REF[, REF] to POST [because …]",
        "Give actions to another lead. Both sides are told.",
        ("assign healthy-5 to Head of Education", "assign healthy-5, healthy-8 to police because the duty moved"),
        ("reassign", "re-assign"),
    ),
    HelpEntry(
        "handover",
        "handover POST to @person [from DATE]",
        "Say who holds a post from now on; the post keeps its actions. With a ref it is the same as assign.",
        ("handover Head of Education to new.head@example.org from 14/9", "handover healthy-5 to Head of Education"),
        ("hand over", "hand-over"),
    ),
    HelpEntry(
        "contact officer",
        "contact officer [remove] @person for POST",
        "Name a standing colleague who gets a post's requests and may answer them.",
        ("contact officer officer@example.org for Head of Education", "contact officer remove officer@example.org"),
        ("contact officers", "contact"),
    ),
    HelpEntry(
        "deputy",
        "deputy [remove] @person [for POST] [from DATE] until DATE",
        "Name a stand-in for some days, who alone gets the requests then.",
        (
            "deputy deputy.head@example.org until 12/9",
            "deputy deputy.head@example.org for Head of Education from 24 Aug until 12/9",
            "deputy remove deputy.head@example.org",
        ),
        ("deputies", "stand-in", "stand in"),
    ),
    HelpEntry(
        "quiet",
        "quiet until DATE",
        "Be asked for nothing until a day; what comes in between waits for the day after.",
        ("quiet until 14/9", "quiet from 24 Aug until 14/9", "quiet off"),
        ("away", "silence"),
    ),
    HelpEntry(
        "people",
        "people [post or organisation]",
        "Who holds which post, deputies, vacant posts and people without an account: for secretaries.",
        ("people", "people police"),
        ("posts", "holders", "leavers"),
    ),
    HelpEntry(
        "digest",
        "digest [board]",
        "The secretary's digest of overdue actions.",
        ("digest", "digest partnership"),
        ("summary", "secretary digest"),
    ),
    HelpEntry(
        "board",
        "board [board] [setting]",
        "A board's settings; its secretary changes one at a time.",
        (
            "board partnership",
            "board partnership papers 7 working days",
            "board partnership updates due 5 days",
            "board partnership ask for all open",
            "board partnership publish at once",
            "board partnership closed 28/12 to 1/1 because the offices are shut",
            "board partnership open 28/12",
            "board partnership secretary Committee Officer",
            "board partnership chair Executive Director until 12/9",
        ),
        ("board settings", "settings"),
    ),
    HelpEntry(
        "start reminders",
        "start reminders [board] [from DATE]",
        "Begin a board's reminders. Until then it is quiet; nothing earlier counts.",
        ("start reminders partnership", "start reminders partnership from 14/9"),
        ("begin reminders", "start the reminders", "reminders on"),
    ),
    HelpEntry(
        "stop reminders",
        "stop reminders [board]",
        "Make a board quiet again: nothing is said unasked for it.",
        ("stop reminders partnership",),
        ("end reminders", "stop the reminders", "reminders off"),
    ),
    HelpEntry(
        "org",
        "org [name] [becomes …|closed …|open …]",
        "The organisations; give one a new name from a day on, or closed dates.",
        (
            "orgs",
            "org police",
            "org CCG becomes Integrated Care Board from 1/7/22",
            "org schools closed 26/10 to 30/10 because half term",
            "org schools open 26/10",
        ),
        ("orgs", "organisation", "organisations", "organization", "organizations"),
    ),
    HelpEntry(
        "export",
        "export [xlsx|csv|yaml]",
        "The plan and its action log as a file, sent to you alone.",
        ("export", "export csv", "export yaml"),
        ("download", "spreadsheet", "workbook", "excel"),
    ),
    HelpEntry(
        "help",
        "help [command]",
        "This list, or one command with examples.",
        ("help", "help update"),
        ("commands", "?", "hello", "hi", "how do i", "usage"),
    ),
)

VERBS: dict[str, str] = {word: entry.name for entry in HELP for word in (entry.name, *entry.synonyms)}
"""Every word or words a command may begin with, and the command's own name."""
