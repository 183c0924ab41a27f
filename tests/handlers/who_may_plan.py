"""Who may change the plan: boards and their meetings, actions, and the people of posts. Rows of `who_may`."""

from __future__ import annotations

from handlers.commands import actions as a
from handlers.commands import boards as b
from handlers.commands import people as p
from models.enums import Verb
from tests.handlers.deed_roles import (
    KEEP,
    KEEP_ANY,
    KEEPER_ALONE,
    LABEL,
    NO_BOARD,
    NO_DEPUTY,
    NO_MEETING,
    NO_ORG,
    NOBODY,
    NOT_ADDED,
    NOT_ASSIGNED,
    OTHER_KEEPER,
    OWN,
    READ,
    SERVE,
    Deed,
    all_of,
)

KEEPING = (
    Deed(
        Verb.MEETINGS, b.ChangeMeeting, "meeting add partnership 20 Jan 2021 14:00",
        all_of(KEEP, "Added: the Children"), NO_MEETING,
    ),
    Deed(
        Verb.MEETINGS, b.ChangeMeeting, "meeting cancel 23 Oct because the chamber is closed",
        # It is tried and taken back: rows are written, and none stays.
        all_of(KEEP, "Cancel the meeting of the Children and Young People's Partnership Board of Fri 23 Oct 2020?"),
        NO_MEETING,
    ),
    Deed(
        Verb.MEETINGS, "domeeting", ("domeeting", "{cancelling}"),
        all_of(KEEP, "The Children and Young People's Partnership Board of Fri 23 Oct 2020 is cancelled."), NO_MEETING,
    ),
    *(
        Deed(Verb.MEETINGS, verb, (verb, "{partnership}"), all_of(KEEP, title), NO_MEETING, NOBODY)
        for verb, title in (("meetingadd", "Add a meeting"), ("meetingchange", "Change a meeting"))
    ),
    Deed(
        Verb.MEETINGS, "meetingadd", ("meetingadd", "{partnership}", {"day": "2021-01-20", "time": "14:00"}),
        all_of(KEEP, "Added: the Children"), NO_MEETING,
    ),
    Deed(
        Verb.MEETINGS, "meetingchange",
        ("meetingchange", "{partnership}", {"meeting": "{23 Oct}", "what": "cancel", "reason": "the hall is shut"}),
        # It is tried and taken back: rows are written, and none stays.
        all_of(KEEP, "Cancel the meeting of the Children and Young People's Partnership Board of Fri 23 Oct 2020?"),
        NO_MEETING,
    ),
    Deed(
        Verb.MEETINGS, "take", ("take", "{8 Dec}"), all_of(KEEP, "No action was due at a cancelled meeting"),
        NO_MEETING, NOBODY,
    ),
    Deed(
        Verb.BOARD, b.ChangeBoard, "board partnership papers 7 working days", all_of(KEEP, "Changed: the Children"),
        NO_BOARD,
    ),
    Deed(Verb.BOARD, "board", ("board", "{partnership}"), all_of(KEEP, "Change the board"), NO_BOARD, NOBODY),
    Deed(
        Verb.BOARD, "board",
        ("board", "{partnership}", {"papers": "7", "sort": "working", "updates": "5", "ask": "due"}),
        all_of(KEEP, "Changed: the Children"), NO_BOARD,
    ),
    Deed(
        Verb.BOARD, "keeper", ("keeper", "{partnership}|{democratic-services}|{hwb-secretary}"),
        all_of(KEEP, "Changed: the Children"), NO_BOARD,
    ),
    Deed(Verb.BOARD, b.Reminders, "stop reminders partnership", all_of(KEEP, "The Children"), NO_BOARD),
    Deed(
        Verb.ORGANISATION, b.RenameOrganisation, "org police becomes Merseyside Constabulary from 1/7/22",
        all_of(KEEP_ANY, "Merseyside Police becomes"), NO_ORG,
    ),
    Deed(
        Verb.ORGANISATION, b.CloseOrganisation, "org schools closed 2/11 to 4/11 because of the flood",
        all_of(KEEP_ANY, "Sefton schools: closed"), NO_ORG,
    ),
    Deed(
        Verb.ORGANISATION, b.SetContributors, "org police contributor Superintendent, Sefton",
        all_of(KEEP_ANY, "Merseyside Police contributes to a focus theme by Superintendent, Sefton now."), NO_ORG,
    ),
    Deed(
        Verb.ORGANISATION, b.EndOrganisation, "org police ends 31/3/22",
        all_of(KEEP_ANY, "Merseyside Police ends on Thu 31 Mar 2022"), NO_ORG,
    ),
    Deed(
        Verb.ORGANISATION, p.ChangeOtherNames, "other names DCS means Executive Director",
        all_of(KEEP_ANY, "“DCS” means Executive Director"), NO_ORG,
    ),
)  # fmt: skip

NEW = {"words": "Publish the guide", "kind": "deliverable", "lead": "{head-of-education}", "serves": "7",
       "board": "{partnership}", "due": "{23 Oct}"}  # fmt: skip
OTHERS_LIST = "The Children and Young People's Partnership Board is kept by Democratic Services Officer"
ADDING = (
    Deed(
        Verb.ADD, a.AddLines, "add to partnership: Head of Education: publish the guide by 8 Dec",
        {**all_of(KEEP, "1 action to add"), OTHER_KEEPER: OTHERS_LIST}, NOT_ADDED, KEEP_ANY,
    ),
    Deed(Verb.ADD, "addall", ("addall", "{lines}"), all_of(KEEPER_ALONE, "Added 18aug-"), ("Those lines were added",)),
    Deed(
        Verb.ADD, "addchange", ("addchange", "{lines}"), all_of(KEEPER_ALONE, "Add an action"),
        ("Those lines were added",), NOBODY,
    ),
    Deed(Verb.ADD, "adddrop", ("adddrop", "{lines}"), all_of(READ, "Discarded: nothing was added."), (), KEEPER_ALONE),
    Deed(Verb.ADD, "logadd", ("logadd", "{log}"), all_of(KEEPER_ALONE, "Added 1 action"), ("That log was added",)),
    Deed(
        Verb.ADD, "loganswer", ("loganswer", "{log}"), all_of(KEEPER_ALONE, "Questions on the log"),
        ("That log was added",), NOBODY,
    ),
    Deed(
        Verb.ADD, "loganswer", ("loganswer", "{log}", {"answer0": "Head of Education"}),
        all_of(KEEPER_ALONE, "1 action to add"), ("That log was added",), KEEPER_ALONE,
    ),
    Deed(
        Verb.ADD, "logboard", ("logboard", "{log}"), all_of(KEEPER_ALONE, "1 action to add"), ("That log was added",),
        KEEPER_ALONE,
    ),
    Deed(
        Verb.ADD, "logbook", ("logbook", "{log}"), all_of(KEEPER_ALONE, "The workbook is on its way"),
        ("That log was added",), NOBODY,
    ),
    Deed(Verb.ADD, "logdrop", ("logdrop", "{log}"), all_of(READ, "Discarded: nothing was added."), (), KEEPER_ALONE),
    Deed(Verb.ADD, "addback", ("addback", "{added}"), all_of(KEEPER_ALONE, "Taken back: "), ("Only whoever added",)),
    Deed(
        Verb.ADD, "edit", ("edit", "{healthy-4}"), all_of(KEEP, "Edit healthy-4"), ("healthy-4 was not changed",),
        NOBODY,
    ),
    Deed(
        Verb.ADD, "edit",
        ("edit", "{healthy-4}", {"words": "Make four profiles", "kind": "deliverable", "serves": "theme healthy"}),
        all_of(KEEP, "Changed healthy-4."), ("healthy-4 was not changed",),
    ),
    Deed(
        Verb.ADD, "editback", ("editback", "{edit}"), all_of(KEEPER_ALONE, "Undone: healthy-6 is as it was."),
        ("That was undone already",),
    ),
    Deed(Verb.ADD, "addform", ("addform", "-"), all_of(KEEP_ANY, "Add an action"), NOT_ADDED, NOBODY),
    Deed(
        Verb.ADD, a.AddForm, "add", all_of(KEEP_ANY, "Add an action"), NOT_ADDED, NOBODY,
        in_words="Which action is to be added?",
    ),
    Deed(
        Verb.ADD, "addlines", ("addlines", "{lines}", {"lines": "to partnership: Head of Education: do it by 8 Dec"}),
        {**all_of(KEEP, "1 action to add"), OTHER_KEEPER: OTHERS_LIST}, NOT_ADDED, KEEP_ANY,
    ),
    Deed(
        Verb.ADD, "add", ("add", "-", NEW), all_of(KEEP, "Added healthy-10"),
        (*NOT_ADDED, "FormErrors(errors={'due': 'Choose a coming meeting of the Health"),
    ),
)  # fmt: skip

NAMED_DEPUTY = "Early Help Manager stands in for"
PEOPLE = (
    *(
        Deed(Verb.ASSIGN, p.Assign, typed, all_of(KEEP, "healthy-4 is led by Head of Education"), NOT_ASSIGNED)
        for typed in ("assign healthy-4 to Head of Education", "handover healthy-4 to Head of Education")
    ),
    Deed(Verb.ASSIGN, "assign", ("assign", "{healthy-4}"), all_of(KEEP, "Assign healthy-4"), NOT_ASSIGNED, NOBODY),
    Deed(
        Verb.ASSIGN, "assign", ("assign", "{healthy-4}", {"post": "{head-of-education}", "reason": "it moved"}),
        all_of(KEEP, "healthy-4 is led by Head of Education"), NOT_ASSIGNED,
    ),
    Deed(
        Verb.PEOPLE, p.HandOver, f"handover {LABEL} to early.help@example.org",
        all_of(KEEP_ANY, f"Early Help Manager holds {LABEL}"),
        ("Nothing was changed: the board’s secretary or an administrator says",),
    ),
    Deed(
        Verb.PEOPLE, p.AddPost, "new post Participation Officer at Sefton CVS",
        all_of(KEEP_ANY, "Participation Officer, Sefton CVS is a post of the plan now."),
        ("Nothing was changed: the board’s secretary or an administrator says",),
    ),
    Deed(
        Verb.DEPUTISE, p.NameContact, f"contact officer early.help@example.org for {LABEL}",
        all_of(OWN | KEEP_ANY, "Early Help Manager is contact officer for"), NO_DEPUTY,
    ),
    Deed(
        Verb.DEPUTISE, p.NameDeputy, f"deputy early.help@example.org for {LABEL} until 12/9",
        all_of(OWN | KEEP_ANY, NAMED_DEPUTY), NO_DEPUTY,
    ),
    Deed(Verb.DEPUTISE, "namedeputy", ("namedeputy", "||"), all_of(SERVE | KEEP, "Name a deputy"), NO_DEPUTY, NOBODY),
    Deed(
        Verb.DEPUTISE, "namedeputy",
        ("namedeputy", "-", {"who": "U0EARLYHP", "post": "{public-health-lead}", "first": "2020-08-24",
                             "last": "2020-09-04"}),
        all_of(OWN | KEEP_ANY, NAMED_DEPUTY), NO_DEPUTY,
    ),
    Deed(
        Verb.DEPUTISE, "recorddeputy", ("recorddeputy", "2020-08-24|2020-09-04|<@U0EARLYHP>"),
        all_of(SERVE, NAMED_DEPUTY), NO_DEPUTY,
    ),
    Deed(Verb.READ, p.KeepQuiet, "quiet until 14/9", all_of(SERVE, "Quiet until Mon 14 Sep 2020."), ("You lead no",)),
    Deed(
        Verb.READ, "quietuntil", ("quietuntil", "2020-08-24|2020-09-12"), all_of(SERVE, "Quiet from Mon 24 Aug 2020"),
        ("You lead no",),
    ),
)  # fmt: skip
