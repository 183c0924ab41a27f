"""The table of who may do what: every command, button and form, and what each role gets.

A row is a `Deed`. To add one, copy one: what is typed, pressed or sent in, who may, what they are told first, and what
the others are told first. `{healthy-4}`, `{16 Sep}` and the like stand for the numbers that a button carries.

Source: docs/explanation/boards-and-dates.md, Who may do what.
"""

from __future__ import annotations

from handlers.commands import actions as a
from handlers.commands import answers as n
from handlers.commands import boards as b
from handlers.commands import contributions as c
from handlers.commands import measures as m
from handlers.commands import outcomes as o
from handlers.commands import papers as pp
from handlers.commands import people as p
from handlers.commands import questions as q
from handlers.commands import records as r
from handlers.commands import risks as k
from models.enums import Verb
from tests.handlers.deed_roles import (
    ADMIN,
    ANSWER,
    CHAIR,
    DECIDE,
    KEEP,
    KEEP_ANY,
    LEAD_ALONE,
    LED,
    LED_9,
    NO_BOARD,
    NO_BRIEF,
    NO_CLEARANCE,
    NO_CONTRIBUTION,
    NO_DIGEST,
    NO_EXEMPT,
    NO_FIGURE,
    NO_ORG,
    NO_OTHER_LEAD,
    NO_PAPER,
    NO_RISK,
    NOBODY,
    NOT_DECIDED,
    NOT_MOVED,
    NOT_SETTLED,
    OTHER_CHAIR,
    OTHER_LEAD,
    OTHER_SIDE,
    OWN,
    READ,
    TICKED,
    Deed,
    all_of,
    reads,
)
from tests.handlers.who_may_plan import ADDING, KEEPING, PEOPLE

READING = (
    reads(q.ShowStatus, "status healthy-4", "healthy-4: some issues"),
    reads(q.ShowMine, "mine"),
    reads(q.ShowOverdue, "overdue", "Nothing is overdue."),
    reads(q.ShowDue, "due 16 Sep", "12 actions due"),
    reads(q.ShowOwing, "owing"),
    reads(q.ShowChanges, "what has changed since 1 June 2020?"),
    reads(q.ShowLeaderless, "which actions have no lead?", "2 actions without a lead"),
    reads(q.Find, "find advocacy", "1 action has “advocacy”."),
    reads(q.AskPlan, "which actions are off track?"),
    reads(q.WhatFits, "why is that?", "I am not sure what you are asking."),
    reads(q.ShowMeetings, "meetings", "The next meeting is"),
    reads(q.ShowPlans, "plan", "My Sefton 2020–2025 runs from"),
    reads(q.Help, "help", "What you can ask"),
    Deed(Verb.READ, q.Pleasantry, "thanks!", all_of(READ, "Thank you."), stores=NOBODY, in_words="None"),
    reads(q.Unclear, "/cypp statsu", "I do not know “statsu”."),
    reads(b.ShowOrganisations, "orgs", "9 organisations in the plan."),
    reads(p.ShowOtherNames, "other names police", "Merseyside Police is also called: police."),
    reads(b.ShowBoard, "board partnership", "Children and Young People's Partnership Board: papers"),
    reads(r.UndoLast, "undo happy-2", "You recorded nothing on happy-2 lately"),
    reads(r.ShowHistory, "history healthy-9", "healthy-9: 2 entries."),
    Deed(Verb.DIGEST, q.ShowDigest, "digest partnership", all_of(DECIDE, "Children and Young"), NO_DIGEST, NOBODY),
    Deed(Verb.PEOPLE, p.ShowPeople, "people", all_of(KEEP_ANY, "20 posts"), ("Who holds which post is",), NOBODY),
    Deed(
        Verb.FIGURES, q.ShowFigures, "figures", all_of(KEEP_ANY, "1 message from"), ("The figures are for",), NOBODY,
    ),
    Deed(
        Verb.EXPORT, a.ExportPlan, "export csv", all_of(KEEP_ANY | {CHAIR, OTHER_CHAIR}, "The plan and its action log"),
        ("The export is for",), NOBODY,
    ),
    Deed(
        Verb.CHASE, q.ChaseLeads, "chase head of education for 16 sep", all_of(KEEP, "Asked 1 lead about"),
        ("Nobody was asked",), in_words="Shall I do that?",
    ),
    Deed(
        Verb.PAPERS, pp.MakePapers, "papers 16 Sep", all_of(KEEP, "The paper for the Children"), NO_PAPER, NOBODY,
    ),
    Deed(Verb.BRIEF, pp.ShowBrief, "brief 16 Sep", all_of(DECIDE, "Brief for the Children"), NO_BRIEF, NOBODY),
    Deed(Verb.EXEMPT, pp.ShowExempt, "exempt 16 Sep", all_of(DECIDE, "Nothing in the paper"), NO_EXEMPT, NOBODY),
    Deed(
        Verb.EXEMPT, "exempt", ("exempt", '{"meeting":{16 Sep}}'), all_of(DECIDE, "Nothing in the paper"), NO_EXEMPT,
        NOBODY,
    ),
    Deed(
        Verb.PAPERS, pp.ShowTemplate, "template papers", all_of(KEEP_ANY, "The template of the paper is on"), NO_PAPER,
        NOBODY,
    ),
    Deed(
        Verb.PAPERS, pp.ShowTemplate, "template front sheet",
        all_of(KEEP_ANY, "The template of the front sheet is on"), NO_PAPER, NOBODY,
    ),
    Deed(
        Verb.PAPERS, pp.UseOurTemplate, "template front sheet ours partnership",
        all_of(KEEP, "The front sheets of the Children and Young People's Partnership Board are made from our"),
        NO_PAPER, NOBODY,
    ),
    Deed(
        Verb.PAPERS, pp.UseOurTemplate, "template papers ours partnership",
        all_of(KEEP, "The papers of the Children and Young People's Partnership Board are made from our"),
        NO_PAPER,
    ),
    Deed(Verb.PAPERS, "paper", ("paper", '{"meeting":{16 Sep}}'), all_of(KEEP, "The paper for the"), NO_PAPER, NOBODY),
    Deed(
        Verb.PAPERS, pp.ShowFront, "front sheet 16 Sep", all_of(KEEP, "The front sheet for the Children"), NO_PAPER,
        NOBODY,
    ),
    Deed(Verb.PAPERS, pp.SetFront, "papers 16 Sep front wards: All", all_of(KEEP, "Recorded for the"), NO_PAPER),
    Deed(
        Verb.PAPERS, "front", ("front", '{"meeting":{16 Sep},"part":1}'), all_of(KEEP, "Front sheet"), NO_PAPER, NOBODY,
    ),
    Deed(
        Verb.PAPERS, "front", ("front", '{"meeting":{16 Sep},"part":1}', {"wards": "All wards", "scope": "this"}),
        all_of(KEEP, "Recorded for the"), NO_PAPER,
    ),
    Deed(
        Verb.CLEARANCE, pp.ShowClearances, "clearance 16 Sep legal", all_of(ANSWER, "For the Children"), NO_PAPER,
        NOBODY,
    ),
    Deed(
        Verb.PAPERS, pp.ShowClearances, "clearance 16 Sep", all_of(ANSWER, "Not received for the"), NO_PAPER, NOBODY,
    ),
    Deed(
        Verb.CLEARANCE, pp.RecordClearances, "clearance 16 Sep legal cleared LD4306/20",
        all_of(ANSWER, "Recorded for the"), (*NO_CLEARANCE, *NO_PAPER),
    ),
    Deed(
        Verb.CLEARANCE, "clearance", ("clearance", '{"meeting":{16 Sep},"which":"legal"}'), all_of(ANSWER, "Legal"),
        NO_CLEARANCE, NOBODY,
    ),
    Deed(
        Verb.CLEARANCE, "clearance",
        ("clearance", '{"meeting":{16 Sep},"which":"legal"}',
         {"which": "legal", "answer": "cleared", "day": "2020-08-18", "reference": "LD4306/20"}),
        all_of(ANSWER, "Recorded for the"), NO_CLEARANCE,
    ),
    Deed(
        Verb.CLEARANCE, "clearancena", ("clearancena", '{"meeting":{16 Sep},"which":"legal"}'),
        all_of(ANSWER, "Recorded for the"), NO_CLEARANCE,
    ),
    Deed(
        Verb.CLEARANCE, "undoreport", ("undoreport", "{clearance}"), all_of(KEEP, "Undone: finance as before."),
        NO_CLEARANCE,
    ),
    Deed(Verb.PAPERS, pp.FreezePapers, "freeze papers 16 Sep", all_of(KEEP, "Frozen: the paper for the"), NO_PAPER),
    Deed(Verb.PAPERS, pp.PutInBrief, "brief add healthy-4", all_of(KEEP, "healthy-4 is in the brief for"), NO_PAPER),
    Deed(Verb.PAPERS, pp.TakeOutOfBrief, "brief remove healthy-9", all_of(KEEP, "healthy-9 is out of"), NO_PAPER),
    Deed(
        Verb.PAPERS, "inbrief", ("inbrief", '{"action":{healthy-4},"meeting":{16 Sep},"doubtful":"left out"}'),
        all_of(KEEP, "healthy-4 is in the brief for"), NO_PAPER,
    ),
    Deed(Verb.PAPERS, pp.ThawPapers, "thaw papers 23 Oct", all_of(KEEP, "Thawed: the figures of"), NO_PAPER),
    Deed(
        Verb.READ, "isupdate", ("isupdate", "{}agenda"),
        {
            **all_of(READ, "I am not sure what you are"), **all_of(OWN, "Is that an update on healthy-4?"),
            OTHER_LEAD: "Which action is that about?",
        }, stores=NOBODY,
    ),
    Deed(Verb.READ, "more", ("more", "{16 Sep}|{healthy-4}"), all_of(OWN, "1 more action."), ("Nothing more",), NOBODY),
    *(
        Deed(Verb.READ, verb, (verb, value), all_of(READ, begins), stores=NOBODY)
        for verb, value, begins in (
            ("notnow", "-", "Nothing was recorded."),
            ("nothing", "-", "Nothing was recorded."),
            ("decidedso", "1-0123456789ab", "That was recorded already"),
            ("dochanges", "1-0123456789ab", "That was done already"),
            ("undoappointments", "1-0123456789ab", "That was undone already"),
            ("undopost", "1-0123456789ab", "That was undone already"),
            ("asitis", "-", "Left as it is: nothing was changed."),
            ("reword", "p|healthy-4 on track", "Nothing was recorded: please send it again"),
            ("notupdate", "-", "Not an update: nothing was recorded."),
            ("apologies", "{23 Oct}|apologies for october", "Your apologies for the"),
            ("keeprecord", "-", "The record stays as it is."),
            ("leave", "{healthy-4}", "Left as it is: healthy-4"),
            ("card", "{healthy-4}", "healthy-4: some issues"),
            ("picture", "", "The picture is on its way to you."),
            ("chart", '{"measure":{m7.2}}', "The chart is on its way to you."),
            ("ask", "status healthy-4", "healthy-4: some issues"),
            ("page", "1|status healthy-4", "healthy-4: some issues"),
            ("share", "0|status healthy-4", "healthy-4: some issues"),
        )
    ),
)  # fmt: skip

ANSWERING = (
    *(
        Deed(Verb.ANSWER, covers, typed, all_of(ANSWER, begins), LED)
        for covers, typed, begins in (
            (n.GiveUpdate, "update healthy-4 off track, the analyst left", "Recorded for healthy-4: off track."),
            (n.NoChange, "no change healthy-4", "Recorded for healthy-4: no change, still some issues."),
            (n.Verbal, "verbal healthy-4", "Recorded for healthy-4: verbal update"),
            (n.ToFollow, "update healthy-4 to follow by 31/8", "Recorded for healthy-4: update to follow by Mon 31"),
            (n.ProposeClosure, "done healthy-4 all three are on the intranet", "Recorded for healthy-4: proposed"),
            (n.NotOurs, "not ours healthy-4 ask the police", "Recorded for healthy-4: not yours."),
        )
    ),
    *(
        Deed(Verb.ANSWER, verb, (verb, value), all_of(ANSWER, begins), LED)
        for verb, value, begins in (
            ("ontrack", "{healthy-4}|{16 Sep}", "Recorded for healthy-4: on track."),
            ("nochange", "{healthy-4}|{16 Sep}", "Recorded for healthy-4: no change"),
            ("sure", "c|update healthy-4 amber, J.S., aged 9, waits", "Recorded for healthy-4: some issues."),
            ("sure", "p||healthy-4 amber, J.S., aged 9, waits", "Recorded for healthy-4: some issues."),
            ("sure", "r|{healthy-4}|on track|J.S., aged 9, waits", "Recorded for healthy-4: on track."),
            ("record", "{healthy-4}|on track|two are drafted", "Recorded for healthy-4: on track."),
            ("again", "no change healthy-4", "Recorded for healthy-4: no change"),
        )
    ),
    *(
        Deed(Verb.ANSWER, verb, (verb, "{healthy-4}|{16 Sep}"), all_of(ANSWER, begins), LED, NOBODY)
        for verb, begins in (
            ("issues", "Update healthy-4"),
            ("done", "Done: healthy-4"),
            ("notours", "Not ours: healthy-4"),
            ("offtrack", "Update healthy-4"),
            ("otheranswer", "Not ours: healthy-4"),
        )
    ),
    *(
        Deed(Verb.ANSWER, verb, (verb, "{healthy-4}|{16 Sep}", fields), all_of(ANSWER, begins), LED)
        for verb, fields, begins in (
            ("issues", {"status": "off track", "words": "the analyst left"}, "Recorded for healthy-4: off track."),
            ("done", {"words": "all three are on the intranet"}, "Recorded for healthy-4: proposed for closure."),
            ("notours", {"words": "ask the police"}, "Recorded for healthy-4: not yours."),
            ("follows", {"by": "2020-08-31"}, "Recorded for healthy-4: update to follow by Mon 31 Aug 2020."),
            ("reread", {"words": "healthy-4 on track, two are drafted"}, "Recorded for healthy-4: on track."),
        )
    ),
    Deed(Verb.SNOOZE, n.SnoozeAction, "snooze healthy-4", all_of(OWN, "Snoozed healthy-4"), LED),
    Deed(Verb.SNOOZE, "snooze", ("snooze", "{healthy-4}|{16 Sep}"), all_of(OWN, "Snoozed healthy-4"), LED),
    Deed(
        Verb.ANSWER, "undo", ("undo", "{fresh entry}"), all_of(LEAD_ALONE, "Undone: healthy-1"),
        ("Only whoever wrote it",),
    ),
    Deed(
        Verb.ANSWER, "undoone", ("undoone", "{fresh entry}"), all_of(LEAD_ALONE, "Undone: healthy-1"),
        ("Only whoever wrote it",),
    ),
    Deed(
        Verb.ANSWER, "recordall", ("recordall", "{reading}"), all_of(LEAD_ALONE, "Recorded 2 updates."),
        ("Those answers were recorded already",),
    ),
    Deed(
        Verb.ANSWER, "replace", ("replace", "{edited}"), all_of(LEAD_ALONE, "Corrected entry 1 of"),
        ("That change was dealt with",),
    ),
    Deed(
        Verb.ANSWER, "change", ("change", "{reading}"), all_of(LEAD_ALONE, "Change what you wrote"),
        ("Those answers were recorded already",), NOBODY,
    ),
)  # fmt: skip

REPLANNING = (
    Deed(
        Verb.REPLAN, a.Move, "move healthy-4 to 23 Oct because the data is late",
        {**all_of(DECIDE, "Moved healthy-4 to Fri 23 Oct 2020."), **all_of(OWN, "Asked: the board’s secretary")},
        NOT_MOVED,
    ),
    Deed(
        Verb.ASK_REPLAN, a.Move, "move healthy-4 to 9 Sep hwb because the health board wants it",
        {**all_of(DECIDE, "Asked"), ADMIN: "Moved healthy-4", **all_of(OWN, "Asked: the board’s secretary")},
        NOT_MOVED,
    ),
    Deed(
        Verb.REPLAN, "replanform", ("replanform", "{healthy-4}"), all_of(DECIDE | OWN, "Re-plan healthy-4"), NOT_MOVED,
        NOBODY,
    ),
    Deed(
        Verb.REPLAN, "replanform", ("replanform", "{healthy-4}", {"to": "{23 Oct}", "reason": "the data is late"}),
        {**all_of(DECIDE, "Moved healthy-4 to Fri 23 Oct 2020."), **all_of(OWN, "Asked: the board’s secretary")},
        NOT_MOVED,
    ),
    Deed(Verb.REPLAN, "replan", ("replan", "{wish}"), all_of(DECIDE, "Moved healthy-9"), ("healthy-9 was not moved",)),
    Deed(Verb.REPLAN, "agree", ("agree", "{other wish}"), all_of(OTHER_SIDE, "Moved heard-10"), ("heard-10 was not",)),
    Deed(
        Verb.REPLAN, "leaveother", ("leaveother", "{other wish}"), all_of(OTHER_SIDE, "Left as it is: heard-10"),
        ("heard-10 was not",), NOBODY,
    ),
)  # fmt: skip

DECIDING = (
    *(
        Deed(Verb.OUTCOME, o.RecordOutcome, typed, all_of(DECIDE, "Recorded for healthy-4"), NOT_DECIDED)
        for typed in (
            "close healthy-4 minute 9",
            "close healthy-4 agreed 10 June minute 7",
            "outcome healthy-4 no decision",
            "outcome healthy-4 carried forward to 23 Oct",
            "withdraw healthy-4 because the money ended",
            "replace healthy-4 by happy-2 because they are one now",
        )
    ),
    Deed(
        Verb.OUTCOME, o.RecordOutcomes, "withdraw healthy-4, happy-2 because the money ended",
        all_of(DECIDE, "Recorded for healthy-4 and happy-2."), NOT_DECIDED,
    ),
    Deed(
        Verb.OUTCOME, o.RecordOutcomes, "close healthy-4, happy-2 minute 7",
        all_of(DECIDE, "healthy-4 and happy-2 were never proposed"), NOT_DECIDED, NOBODY,
    ),
    Deed(
        Verb.OUTCOME, "closemany", ("closemany", "|{healthy-4},{happy-2}||7|"),
        all_of(DECIDE, "Recorded for healthy-4 and happy-2."), NOT_DECIDED,
    ),
    Deed(
        Verb.OUTCOME, o.RecordOutcome, "not agreed healthy-4 because it is a draft",
        all_of(DECIDE, "healthy-4 was never proposed for closure."), NOT_DECIDED, NOBODY,
    ),
    Deed(
        Verb.OUTCOME, "disagree", ("disagree", "|{healthy-4}|||it is a draft"),
        all_of(DECIDE, "Recorded for healthy-4: not agreed"), NOT_DECIDED,
    ),
    Deed(
        Verb.OUTCOME, o.Reopen, "reopen 9sep-6 because the funding stopped", all_of(DECIDE, "Reopened 9sep-6"),
        ("Nothing was recorded for 9sep-6: outcomes",),
    ),
    *(
        Deed(Verb.OUTCOME, verb, (verb, value), all_of(DECIDE, "Recorded for healthy-4"), NOT_DECIDED)
        for verb, value in (
            ("closed", "{healthy-4}|{10 Jun}"),
            ("nodecision", "{healthy-4}|{10 Jun}"),
            ("carried", "{healthy-4}|{10 Jun}|{23 Oct}"),
        )
    ),
    *(
        Deed(Verb.OUTCOME, verb, (verb, "{healthy-4}|{10 Jun}"), all_of(DECIDE, "Outcome: "), NOT_DECIDED, NOBODY)
        for verb in ("notagreed", "outcome")
    ),
    Deed(
        Verb.OUTCOME, "outcome", ("outcome", "{healthy-4}|{10 Jun}", {"kind": "not agreed", "reason": "it is a draft"}),
        all_of(DECIDE, "Recorded for healthy-4: not agreed"), NOT_DECIDED,
    ),
    *(
        Deed(Verb.OUTCOME, verb, (verb, "{outcome}"), all_of(DECIDE, "Undone: happy-11"),
             ("Nothing was recorded for happy-11: outcomes are recorded by",))
        for verb in ("undooutcomes", "undooutcome")
    ),
    *(
        Deed(Verb.REPLAN, verb, (verb, "{re-plan}"), all_of(DECIDE, "Undone: 23oct-8"), ("23oct-8 was not moved",))
        for verb in ("undoreplans", "undoreplan")
    ),
    Deed(
        Verb.MEETINGS, "undomeeting", ("undomeeting", "{meeting move}"), all_of(KEEP, "Undone: the Children"),
        ("The meetings were not changed",),
    ),
    Deed(Verb.ASSIGN, "undoleads", ("undoleads", "{lead}"), all_of(KEEP, "Undone: 23oct-9"), NO_OTHER_LEAD),
    Deed(Verb.BOARD, "undosettings", ("undosettings", "{setting}"), all_of(KEEP, "Undone: Children"), NO_BOARD),
    Deed(Verb.ORGANISATION, "undosettings", ("undosettings", "{closed}"), all_of(KEEP_ANY, "Undone: Sefton"), NO_ORG),
    Deed(
        Verb.OUTCOME, "ticked", ("ticked", f"{TICKED},\"kind\":\"closed\"}}"), all_of(DECIDE, "Recorded for healthy-4"),
        NOT_SETTLED,
    ),
    Deed(
        Verb.OUTCOME, "tickedform", ("tickedform", f"{TICKED}}}"), all_of(DECIDE, "Outcome: healthy-4"),
        NOT_SETTLED, NOBODY,
    ),
    Deed(
        Verb.OUTCOME, "tickedform", ("tickedform", f"{TICKED}}}", {"kind": "not agreed", "reason": "it is a draft"}),
        all_of(DECIDE, "Recorded for healthy-4: not agreed"), NOT_SETTLED,
    ),
    Deed(
        Verb.OUTCOME, "carryleft", ("carryleft", '{"meeting":{10 Jun},"to":{23 Oct}}'),
        all_of(DECIDE, "Every action due at the meeting of Wed 10 Jun"), NOT_SETTLED, NOBODY,
    ),
    Deed(
        Verb.OUTCOME, o.SettleMeeting, "outcomes recorded partnership", all_of(DECIDE, "Outcomes of Wed 10"),
        NOT_SETTLED,
    ),
    Deed(
        Verb.OUTCOME, "recorded", ("recorded", "{10 Jun}"), all_of(DECIDE, "Outcomes of Wed 10"),
        ("Nothing was recorded for that meeting",),
    ),
    Deed(
        Verb.DIGEST, "digestnow", ("digestnow", "{partnership}"), all_of(DECIDE, "The digest of the Children"),
        NO_DIGEST, NOBODY,
    ),
    Deed(
        Verb.PUBLISH, "publish", ("publish", "{partnership}|"), all_of(DECIDE, "Publishing the digest"),
        NO_DIGEST, NOBODY,
    ),
)  # fmt: skip

CONTRIBUTING = (
    reads(c.ShowWanted, "contribute Public Health Lead for Children for 15 Dec", "For the Children"),
    reads(c.ShowContributions, "contributions for 23 Oct", "For the Children and Young People's Partnership Board"),
    reads(c.ShowFocus, "focus", "No coming meeting takes Healthy and Achieving yet."),
    Deed(
        Verb.CONTRIBUTE, c.Contribute, "contribute Public Health Lead for Children for 15 Dec: we asked them",
        all_of(ANSWER, "Recorded for the Children"), NO_CONTRIBUTION,
    ),
    Deed(
        Verb.REDACT, c.RedactContribution,
        "contribution redact Public Health Lead for Children for 23 Oct because it describes a child",
        all_of(KEEP, "Redacted: the contribution of Sefton Council"), ("Nothing was redacted",),
    ),
    Deed(Verb.MEETINGS, c.SetFocus, "focus 23 Oct happy", all_of(KEEP, "The Children"), ("The meetings were not",)),
    Deed(
        Verb.CONTRIBUTE, "contribute", ("contribute", '{"meeting":{23 Oct},"post":{public-health-lead}}'),
        all_of(ANSWER, "Contribution"), NO_CONTRIBUTION, NOBODY,
    ),
    Deed(
        Verb.CONTRIBUTE, "contribute",
        ("contribute", '{"meeting":{8 Dec},"post":{public-health-lead}}', {"did": "We asked them"}),
        all_of(ANSWER, "Recorded for the Children"), NO_CONTRIBUTION,
    ),
    Deed(
        Verb.CONTRIBUTE, "contribution", ("contribution", "{asked contribution}"),
        all_of(LEAD_ALONE, "Recorded for the Children"), ("That contribution is not in this plan",),
    ),
    Deed(
        Verb.READ, "dropcontribution", ("dropcontribution", "{dropped contribution}"),
        all_of(LEAD_ALONE, "Nothing was recorded."), ("That contribution is not in this plan",),
    ),
    Deed(
        Verb.CONTRIBUTE, "undocontribution", ("undocontribution", "{contribution}"),
        all_of(LEAD_ALONE, "Undone: the contribution of Sefton Council"), ("Only whoever wrote it",),
    ),
    Deed(
        Verb.ADD, "nextstep", ("nextstep", '{"entry":{return}}'), all_of(KEEP, "Add an action"),
        ("Nothing was added",), NOBODY,
    ),
)  # fmt: skip

MEASURING = (
    reads(q.ShowForwardPlan, "forward plan", "5 meetings in the next twelve months"),
    Deed(
        Verb.REDACT, m.RedactNote, "measure redact m7.1 because it describes a child",
        all_of(KEEP_ANY, "Redacted: the note of m7.1"), ("Nothing was redacted",),
    ),
    reads(q.ShowPlanPage, "plan on a page", "My Sefton 2020–2025 on a page: 5"),
    reads(m.ShowMeasures, "measures", "The plan has 5 measures."),
    reads(m.ShowScorecard, "scorecard", "Scorecard Q1 2020/21: 5 measures: "),
    Deed(
        Verb.ADD, "improve", ("improve", '{"measure":{m7.2}}'), all_of(KEEP_ANY, "Add an action"),
        ("Nothing was added",), NOBODY,
    ),
    Deed(
        Verb.MEASURE, m.GiveFigure, "measure m7.1 2018/19 26", all_of(OWN | KEEP_ANY, "Recorded: m7.1, academic year"),
        NO_FIGURE,
    ),
    Deed(
        Verb.MEASURE, "givefigure", ("givefigure", '{"measure":{m7.1}}'), all_of(OWN | KEEP_ANY, "Figure"), NO_FIGURE,
        NOBODY,
    ),
    Deed(
        Verb.MEASURE, "givefigure",
        ("givefigure", '{"measure":{m7.1}}', {"period": "academic year 2018/19", "figure": "26", "state": "final"}),
        all_of(OWN | KEEP_ANY, "Recorded: m7.1, academic year"), NO_FIGURE,
    ),
    Deed(
        Verb.MEASURE, "figure", ("figure", '{"draft":"{asked figure}","odd":true}'),
        all_of(LEAD_ALONE, "Recorded: m7.1, academic year 2018/19: 0.5 %"), ("That figure is not in this plan",),
    ),
    Deed(
        Verb.READ, "dropfigure", ("dropfigure", '{"draft":"{asked figure}"}'),
        all_of(LEAD_ALONE, "Nothing was recorded."), ("That figure is not in this plan",),
    ),
    Deed(
        Verb.MEASURE, "undofigure", ("undofigure", "{figure}"),
        all_of(LEAD_ALONE, "Undone: the figure of m7.1"), ("Only whoever wrote it",),
    ),
)  # fmt: skip

RISKS = (
    reads(k.ShowRisks, "risks", "The plan has 3 risks: 1 high, "),
    Deed(
        Verb.RISK, k.AssessRisk, "risk ORG0012 1 x 4 because all take part",
        all_of(OWN | KEEP_ANY, "Assessed: ORG0012 is 1 × 4 = 4, low"), NO_RISK,
    ),
    Deed(
        Verb.RISK, "assessrisk", ("assessrisk", '{"risk":{ORG0012}}'), all_of(OWN | KEEP_ANY, "Assess a risk"), NO_RISK,
        NOBODY,
    ),
    Deed(
        Verb.RISK, "assessrisk",
        ("assessrisk", '{"risk":{ORG0012}}', {"likelihood": "1", "impact": "4", "because": "all take part"}),
        all_of(OWN | KEEP_ANY, "Assessed: ORG0012 is 1 × 4 = 4, low"), NO_RISK,
    ),
    Deed(
        Verb.RISK, "stillrisk", ("stillrisk", '{"risk":{ORG0012},"likelihood":2,"impact":4}'),
        all_of(OWN | KEEP_ANY, "Assessed: ORG0012 is 2 × 4 = 8, medium, as before"), NO_RISK,
    ),
    Deed(
        Verb.REDACT, k.RedactRisk, "risk redact ORG0012 because it describes a child",
        all_of(KEEP, "Redacted: the reason of ORG0012"), ("Nothing was redacted",),
    ),
    Deed(
        Verb.RISK, "undorisk", ("undorisk", "{assessment}"), all_of(LEAD_ALONE, "Undone: ORG0017 is 3 × 3 = 9"),
        ("Only whoever wrote it",),
    ),
)  # fmt: skip

RECORD = (
    Deed(
        Verb.ANSWER, r.Correct, "correct healthy-9 1 on track, three are done now",
        all_of(KEEP | LEAD_ALONE, "Corrected entry 1 of healthy-9"), ("Nothing was changed: whoever wrote entry 1",),
    ),
    Deed(
        Verb.ANSWER, r.Withhold, "withhold healthy-9 1 because the tender is open",
        all_of(ANSWER, "Entry 1 of healthy-9 is not for publication."), LED_9,
    ),
    Deed(
        Verb.REDACT, r.Redact, "redact healthy-9 1 because it describes a child",
        all_of(KEEP, "Redacted: the words of entry 1"), ("Nothing was redacted",),
    ),
)  # fmt: skip

DEEDS = (
    *READING,
    *ANSWERING,
    *REPLANNING,
    *DECIDING,
    *CONTRIBUTING,
    *MEASURING,
    *RISKS,
    *RECORD,
    *KEEPING,
    *ADDING,
    *PEOPLE,
)
