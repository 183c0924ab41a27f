"""The words that questions are made of, by kind: data.

Each kind stands with what it must not read. A phrase is found whole, the longest first; apostrophes are left out
("what's" is `whats`). Names of the plan are found elsewhere (`plan_names`).
"""

from enum import StrEnum
from functools import cache

from handlers.reading.queries.query import ChangeSort, Filter, Grouping, Measure
from models.enums import OPEN, Kind, Status


class Role(StrEnum):
    """What a word of a question is for."""

    ASK = "ask"
    AUXILIARY = "auxiliary"
    ANY = "any"
    EVERY = "every"
    NOT = "not"
    HEAD = "head"
    GROUP = "group"
    STATUS = "status"
    FILTER = "filter"
    KIND = "kind"
    MEASURE = "measure"
    CHANGE = "change"
    BY = "by"
    MOST = "most"
    OR_WORSE = "or worse"
    OFFICE = "office"
    OWN = "own"
    PLAN = "plan"
    SUPPORTS = "supports"
    LEADS = "leads"
    MEETING = "meeting"
    SMALL = "small"
    JOINT = "joint"
    RELATIVE = "relative"


Meaning = tuple[Role, object]

_CLOSED = frozenset((Status.COMPLETE, Status.CLOSED_NOT_DONE))
_NOT_WELL = frozenset((Status.OFF_TRACK, Status.SOME_ISSUES))

_MUST = ("have to", "need to", "got to", "supposed to", "meant to", "expected to", "left to", "must")
_GIVE = (
    "send",
    "send in",
    "be sending",
    "be sending in",
    "give",
    "tell",
    "answer",
    "report",
    "submit",
    "update",
    "return",
    "write",
    "get to",
    "let you have",
)
"""How one asks what is still wanted of one: "what do I still have to send you"."""

_WORDS: tuple[tuple[Role, object, str], ...] = (
    # What asks. Must not read: "what we need is …", "when the board met, …": see `question_reader`.
    (Role.ASK, "what", "what, whats, what is, what are, what was, what were, whatre, wot, whatever became of, what "
     "became of, whats become of, what has become of, whatever happened to, whats happened to, whats happening "
     "with, whats the story with, whats the position on"),
    (Role.ASK, "which", "which, which of, whichever, which one, which ones, what ones"),
    (Role.ASK, "who", "who, whos, whose, who is, who are, who has, whove, whom, whose job is, whose baby is, whose "
     "patch is, whose job, whose baby"),
    (Role.ASK, "when", "when, whens, by when, what day, what date, what time, how soon, last day"),
    (Role.ASK, "how long", "how long, how many days, how many weeks, how long have i got, how long have we got, "
     "how long "
     "have they got, how long theyve got, how long ive got, how long weve got, how long do i have, "
     "how long do we have, "
     "how long do they have"),
    (Role.ASK, "where", "where, wheres"),
    (Role.ASK, "how", "how, hows, how is, how are"),
    (Role.ASK, "why", "why, whys, how come, what is the reason, whats the reason, whats wrong with, what is wrong "
     "with, why is, why are, why was, why were, why has, what went wrong with"),
    (Role.ASK, "how many", "how many, hw many, number of, the number, whats the number, number, how much, count "
     "of, total of, total number of, count"),
    (Role.ASK, "show", "show, show me, list, give me, tell me, tell us, give us, let me see, let me have, remind "
     "me, remind us, i want, i want to see, i want to know, i need to know, id like to see, id like to know, can i "
     "see, can we see, can i have, can we have, could i have, can i get, can we get, could i get, "
     "could you show me, could you tell me, can you tell "
     "me, can you show me, can you give me, could you give me, can you list, could you list, would you tell me, do "
     "you know, do we know, any idea, i was wondering, just wondering, talk me through, take me through, pull up, "
     "lets see, lets have, any clue, id be interested to know, id be interested in, id love to know, im curious, "
     "im wondering, it would be good to know, curious to know, run through, i would like to know, i would like to "
     "see, someones asked, someone has asked, somebody has asked, someone is asking, ive been asked, "
     "i have been asked, draft me, draft us, draft an email, draft an e mail, write me an, "
     "split, break down, break, group, sort, which ones, sitrep on, sitrep for, status report on, "
     "position statement on"),
    (Role.ASK, "file", "send me, email me, mail me, send us, download the, can i download, print me, print us, print "
     "off the, print out the, print the"),
    (Role.ASK, "show", "read, read out, read me out, read me, read out to me, read us, sum up, brief me on, "
     "wording of, the wording of, the title of, the text of"),
    (Role.ASK, "share", "what percentage, what percent, what per cent, what %, what proportion, what share, what "
     "fraction, how much of, how far through, how far along, how close, percentage, percentage of, proportion, "
     "proportion of, % of, the share of, a share of"),
    # What asks for yes or no where it stands first.
    (Role.AUXILIARY, "", "is, are, was, were, has, have, had, does, do, did, am, is there, are there, do we have, "
     "have we got, have we, have you, is it, are they, do you have, has there been, have there been, was there, "
     "would you call, would you say, would we say, do you think, do you reckon, is it fair to say, am i right "
     "that, am i right in thinking, were they, has it, have they, was it"),
    (Role.AUXILIARY, "not", "isnt, arent, wasnt, werent, hasnt, havent, hadnt, doesnt, dont, didnt, have yet to, "
     "has yet to, are yet to, still to, yet to"),
    (Role.ANY, "", "any, anything, anyone, anybody, any of, something, someone, somebody"),
    (Role.EVERY, "", "everything, everyone, everybody, all, all of, every, each of, they all, all the leads, every "
     "lead, all our leads, all leads, whole lot"),
    (Role.NOT, "", "not, no, none, nobody, nothing, no one, without, isnt, cant, never, nobodys, noones, not got, "
     "lacking, missing an, missing a"),
    # Must not read: "but" alone, which joins.
    (Role.NOT, "except", "other than, anything but, apart from, except, except for, excepting, excluding, "
     "bar, not counting, leaving out, but not"),
    # What is asked for by its sort.
    (Role.HEAD, "action", "action, actions, one, ones, thing, item, items, commitments, task, tasks, point, "
     "points, areas, issues, work, pieces of work, bits, stuff, entries, answers, of those, of these, of them, "
     "things"),
    (Role.GROUP, Grouping.LEAD, "lead, leads, post, posts, officer, officers, action owner, people, person, "
     "managers"),
    (Role.GROUP, Grouping.ORGANISATION, "organisation, organisations, organization, organizations, partner, "
     "partners, agency, agencies, orgs, org, bodies"),
    (Role.GROUP, Grouping.PRIORITY, "priority, priorities"),
    (Role.GROUP, Grouping.THEME, "theme, themes, section, sections"),
    (Role.GROUP, Grouping.STATUS, "status, rag, rag status, rating, ratings, colour, colours, statuses"),
    (Role.GROUP, Grouping.BOARD, "boards, committees, committee"),
    (Role.BY, "", "by, per, for each, in each, each, for every, grouped by, broken down by, split by, sorted by, "
     "break down by, down by, breakdown by, a breakdown by, break it down by, split it by, does each, do each"),
    (Role.MOST, "most", "the most, most, has most, highest number of, busiest"),
    (Role.MOST, "fewest", "the fewest, fewest, the least, least"),
    (Role.OR_WORSE, "", "or worse, and worse, or below"),
    # Who keeps or chairs a board, or stands in for a post: behind "who" alone.
    (Role.OFFICE, "chair", "chair, chairs, chaired, chaired by, chairing, chair of, in the chair, chairman, "
     "chairwoman, chairperson, chairs of"),
    (Role.OFFICE, "secretary", "secretary, secretary of, secretary for, clerk, clerks, clerking, clerk to, clerk "
     "of, takes the minutes, does the minutes"),
    (Role.OFFICE, "deputy", "stands in for, standing in for, stands in, standing in, covers for, covering for, "
     "covers, covering, deputises for, deputising for, deputy for, deputy to, deputy of, deputy, contact officer, "
     "contact officer for"),
    # How they stand. Must not read: "not on track" is the denial of one, "on" and "track" apart are none.
    (Role.STATUS, frozenset((Status.NOT_STARTED,)), "not started, not yet started, grey, gray, unstarted, yet to "
     "start, havent started, hasnt started, havent been started, hasnt been started, not begun, havent begun, "
     "hasnt begun, not underway, never started, never start, never begun, never began, not been started, never got "
     "going, never got off the ground"),
    (Role.STATUS, frozenset((Status.ON_TRACK,)), "on track, ontrack, green, greens, going well, on schedule, on "
     "target, on course, going to plan, ok, okay, all right, alright, fine, healthy enough, going ok, doing ok, "
     "doing well, in hand"),
    (Role.STATUS, frozenset((Status.SOME_ISSUES,)), "some issues, at risk, amber, ambers, yellow"),
    (Role.STATUS, frozenset((Status.OFF_TRACK,)), "off track, offtrack, of track, red, reds"),
    (Role.STATUS, _NOT_WELL, "in trouble, going badly, struggling, going wrong, doing badly, delayed, slipping, "
     "off course, stuck, stalled, in difficulty"),
    (Role.STATUS, frozenset((Status.PROPOSED,)), "proposed for closure, proposed, awaiting the board, waiting for "
     "the board, waiting for the board to agree, waiting on the board, awaiting closure, awaiting agreement, "
     "waiting to be closed, ready to close, ready to be closed, up for closure, to be agreed, for the board to "
     "agree, purple"),
    (Role.STATUS, frozenset((Status.COMPLETE,)), "complete, completed, done, finished, blue, delivered, do "
     "what they said, do what they said they would, do what they promised, do what it said, do what it promised, "
     "kept their word, keep their word, kept their promise, keep their promise, kept its promise, keep its promise"),
    (Role.STATUS, _CLOSED, "closures, closed, signed off, closed off, dealt with, been dealt with, sorted, sorted out, "
     "wrapped up, put to bed, over the line, get through, got through, gone through, go through"),
    (Role.STATUS, frozenset((Status.CLOSED_NOT_DONE,)), "closed not done, withdrawn, dropped, abandoned"),
    (Role.STATUS, OPEN, "open, live, still open, left open, outstanding actions, still going, in progress, unfinished, "
     "incomplete"),
    # What else holds for them.
    (Role.FILTER, Filter.OVERDUE, "overdue, late, behind, behind schedule, past due, past its date, out of date, "
     "past their date, running late, further behind, running behind"),
    (Role.FILTER, Filter.MISSED, "missed its meeting, missed their meeting, missed a meeting, missed meetings, "
     "missed the meeting, missed their meetings, missed its date, missed their date, missed the date, missed a "
     "deadline, missed their deadline, missed the deadline, missed, let us "
     "down, letting us down"),
    (Role.FILTER, Filter.OWED, "owe, owes, owed, owing, owe us, owes us, owe an answer, owe answers, owes an answer, "
     "outstanding, waiting on, waiting for, awaited, chase, chased, to chase, nudge, lean on, not in yet, not come "
     "in, missing, remind, ring, not heard from, not heard back from, due an answer, what am i supposed to do, "
     "what do you want me to do, want off me, want from me, need from me, need off me, left to chase, still out, "
     "need to phone, need to call, need to email, have to phone, have to call, have to email, should i phone, "
     "should i call, should i email, email to, an email to, a reminder to, "
     "what do i do, what do i need to do, what have i got to do, what am i supposed to do with, not in"),
    (Role.FILTER, Filter.OWED, ", ".join(f"{must} {give}" for must in _MUST for give in _GIVE)),
    (Role.FILTER, Filter.ANSWERED, "answered, replied, responded, come back, come back to us, got back to us, "
     "reported, sent anything in, sent in, sent anything, sent theirs in, updated, given an update, given an "
     "answer, come in, in so far, came back, got back, reported back, answer, reply, respond, sent us anything, "
     "sent us, full set of updates, full set, got their updates in"),
    (Role.FILTER, Filter.NO_LEAD, "nobody owns, no one owns, without an owner, "
     "no lead, without a lead, no leads, got no lead, nobody leading, unassigned, "
     "leaderless, no one leading, nobody leads, no one leads, nobody against them, no one against them, nobody on "
     "them, nobody down for them, without leads, no owner, no name against, no name against them, not got a lead, "
     "no lead against them, dont have a lead, doesnt have a lead, vacant, have no lead, has no lead, nobody is "
     "leading, nobody is leading on, no one is leading, nobody leads on, no one leads on, nobody is on, nobody is "
     "looking after, hasnt anybody picked up, hasnt anyone picked up, nobody has picked up, not been picked up, "
     "havent been picked up, unclaimed"),
    (Role.FILTER, Filter.NO_DUE, "no due meeting, no due date, without a due meeting, without a due date, without "
     "a date, no date, undated, no meeting, without a meeting, no due meetings, no dates, no deadline, without a "
     "deadline, have no date, no board date, without a board date, without a meeting date, no meeting date"),
    (Role.FILTER, Filter.REPLANNED, "replanned, re-planned, rescheduled, put back, moved back, postponed, re "
     "planned, had its date moved, been moved, deferred"),
    (Role.FILTER, Filter.WITHHELD, "not for publication, held back, held back from publication, withheld, "
     "confidential, held, kept back, not published, not to be published"),
    (Role.FILTER, Filter.SILENT, "no update at all, never updated, never reported, never reported on, no update "
     "ever, never had an update, not had an update, no updates at all, without any update, no words"),
    (Role.FILTER, Filter.UNDECIDED, "no outcome, without an outcome, outcomes left, outcomes to do, outcomes have "
     "i still to do, outcomes still to do, outcomes to record, outcomes are left, outcomes are missing, undecided, "
     "still to be decided, outcomes are outstanding, outcomes outstanding, no outcome yet, "
     + ", ".join(f"{must} an outcome" for must in ("wants", "want", "needs", "need", "awaiting", "waiting for"))),
    (Role.FILTER, Filter.TO_DECIDE, "for the board to decide, needs a decision, need a decision, needs deciding, need "
     "deciding, needs the boards decision, decisions needed, decisions are needed, decisions to make, decisions to be "
     "made, decisions are coming, decisions coming, decisions being asked for, decisions are we being asked for, "
     "decisions are we asked for, decisions are asked for, for decision, up for decision, to be decided, still needs "
     "an outcome, need an outcome, needs an outcome, still need an outcome, being asked to decide, "
     "being asked to agree, asked to agree, asked to decide"),
    (Role.FILTER, Filter.DUE, "due, due back, coming up, coming, on the agenda, on my agenda, falls due, fall due, "
     "coming to, expected, up next, scheduled, due in, in for, lands on, land on, lands with, land with"),
    (Role.FILTER, Filter.GIVEN, "give out, gave out, handed out, hand out, set us, raised, ask for, asked us for, "
     "given out at, come out of, came out of, arise from, arose from, arising from, fell out of"),
    (Role.KIND, Kind.STANDING, "standing commitments, standing commitment, standing"),
    (Role.KIND, Kind.BOARD_ACTION, "board actions, board action, actions from the board, given out, minuted actions"),
    (Role.KIND, Kind.DELIVERABLE, "deliverables, deliverable"),
    # What is asked of them.
    (Role.MEASURE, Measure.WORST, "worst, the worst, worst first, nervous, nervous about, anxious about, "
     "worst at the top, worst ones, worry, worry "
     "about, worried about, worrying, concern us, concerned about, concerning, keep an eye on, problem, pressing, "
     "biggest risks, biggest problems, biggest risk, biggest problem, keeping me awake, biggest worries, weakest, "
     "most worrying, most at risk, need attention, needs attention, need our attention, doing worst, top risks, "
     "further behind, furthest behind, most urgent, hot spots, red flags, problem areas, trouble spots, worries, "
     "concerns, laggards, bad news, the bad news, whats the hold up, the hold up"),
    (Role.MEASURE, Measure.SENTENCE, "in one sentence, in a sentence, one sentence, one line, one line on, a line "
     "on, in one line, in a line, in a nutshell, in short, in brief, read out, read me out, read me, read out to "
     "me, read us, headlines, the headlines, headline, summary, a summary of, the summary, quick summary, sum up, "
     "read, wording of, the wording of, the title of, the text of, overview, the gist, the short version, to the "
     "room, i can read, i can read out, brief me on, in a few words"),
    (Role.MEASURE, Measure.COMPARE, "compare, compared with, compared to, compares with, compare with, versus, vs, "
     "v, against, than, comparison, doing better than, doing worse than, better than, worse than, side by side, "
     "difference between, doing better, doing worse, ahead of"),
    (Role.MEASURE, Measure.WHO, "in charge of, in charge, responsible for, responsible, talk to about, accountable "
     "for, accountable, answerable for, speak to about, contact about, ask about, contact for, speak to, talk to, "
     "on the hook for, on the hook, carries the can for, carries the can, fronting, fronts, shout at about, chase "
     "about, whose job is, whose baby is, whose patch is, whose job, whose baby"),
    (Role.MEASURE, Measure.WHY, "the reason for, what went wrong"),
    (Role.MEASURE, Measure.SAID, "last say, last said, last report, last reported, say, said, report, said about, "
     "latest from, latest on, latest, the latest, the latest from, the latest on, the latest with, tell us, told "
     "us, tell you, told you, said anything, say about, news, news from, news on, write, wrote, any news, the "
     "news, heard from, the word on, word on, last tell, update on, updates on, an update on, updates from, any "
     "update on"),
    (Role.MEASURE, Measure.DECIDED, "decide, decided, decision, agree, agreed, agreed about, outcome, outcomes, "
     "decisions, conclude, concluded, decide about, decide on, verdict, minuted, minute, close, sign off, approve, "
     "approved, agree to close, pass, passed, recorded, record"),
    (Role.MEASURE, Measure.PEOPLE, "away, on leave, on holiday, on annual leave, off sick, no slack, no account, "
     "got an account, have an account, hasnt got an account, havent got an account, who leads what, who does what, "
     "whos who, "
     "not on slack, no slack account, no slack accounts, without an account, without slack, without a slack account"),
    (Role.MEASURE, Measure.HELP, "whats this bot for, what is this bot for, whats this for, what does this bot do, "
     "how does this work, how does it work, how do you work, what can you do, what do "
     "you do, what can i ask, what can i say, what can i type, what should i type, what do i type, what can we "
     "ask, who are you, what are you, can i just say, can i just, can i say, what should i say"),
    (Role.MEASURE, Measure.FILE, "spreadsheet, excel, xlsx, csv, yaml, workbook, excel file, excel sheet, csv file, "
     "excel spreadsheet, excel workbook, as a file"),
    (Role.MEASURE, Measure.MEANING, "mean, means, meaning, stand for, the same as, same as, the meaning of, "
     "difference between, the difference between, definition of, the definition of, define, count as, counts as"),
    # What has changed.
    (Role.CHANGE, ChangeSort.ANY, "changed, changes, change, moved, happened, different, moved on, been recorded, "
     "been done, been updated, movement, been happening, moved at all"),
    (Role.CHANGE, ChangeSort.IMPROVED, "improved, improvement, got better, gone up, better, turned green, gone "
     "green, improving, recovered"),
    (Role.CHANGE, ChangeSort.WORSENED, "got worse, worsened, gone down, worse, deteriorated, turned red, gone red, "
     "gone amber, gone backwards, going backwards, went backwards, getting worse"),
    (Role.CHANGE, ChangeSort.SLIPPED, "slipped, slippage"),
    (Role.CHANGE, ChangeSort.CLOSED, "been closed, have been closed, has been closed, we closed, been signed off, "
     "got closed"),
    (Role.CHANGE, ChangeSort.NEW, "new, been added, added, whats new"),
    (Role.CHANGE, ChangeSort.CARRIED, "carried forward, carried over, been carried forward"),
    # Whose.
    (Role.OWN, "", "my, mine, i, me, im, ive, my list, my actions, my plate, my name"),
    (Role.OWN, "us", "us, to us, before us, in front of us, for us"),
    (Role.OWN, "ours", "our, ours, my board, our board, my agenda, my boards"),
    (Role.PLAN, "", "log, the log, action log, the action log, action plan, the action plan, plan, the plan, "
     "the whole plan, "
     "we stand, whole plan, overall, altogether, in total, cypp, we, across "
     "the board, across the plan, in the plan, everything"),
    (Role.PLAN, "it", "it, they, this, this one, that one, it all, things, things stand, it stand"),
    (Role.SUPPORTS, "", "got a hand in, a hand in, helping with, supporting, supports, support, involved in, "
     "involved, part of, contributing to, helping, contribute to"),
    (Role.LEADS, "", "leading, leads on, lead on, leading on, led by, is leading, doing, down for, has got on, got "
     "on, lead, leads, signed up to, signed up for, signed up to do, look after, looks after, looking after, "
     "answering for, promised to do, promised to, agreed to do,  answer for, dealing with, deal with, taken on, "
     "picked up, owned by, own, owns, run, runs, running, got, working on, to do, for me, carrying, got on their "
     "plate, on their plate, handling, on with, taking on, committed to, promised, holding, hold, sits with, sit "
     "with, answerable"),
    (Role.MEETING, "meeting", "meeting, meetings, board, board meeting, board meetings, mtg, meet, next meet, met, "
     "next sit, sits next"),
    (Role.MEETING, "papers", "papers, papers go out, the papers, papers out, papers published, agenda pack, paper"),
    (Role.MEETING, "updates", "updates due, updates in, for updates, deadline, deadlines, cut off, "
     "updates needed, "
     "updates wanted, updates needed by, my words, our words, "
     "my words by, need my words by, dates, last day for updates, cutoff, closing date, closing date for my "
     "update, closing date for updates, closing date for"),
    (Role.MEETING, "request", "be asked, be asked for my updates, request, requests, asking, start asking, asked "
     "for, lot of requests, round of requests, batch of requests"),
    (Role.MEETING, "reminder", "reminder, reminders"),
    (Role.MEETING, "last call", "last call"),
    (Role.MEETING, "sent", "be sent, going out, sent out"),
    # What says nothing by itself. Must not hold a noun.
    (Role.SMALL, "", "the, a, an, of, for, in, on, to, at, with, about, from, under, within, around, across, "
     "regarding, concerning, there, these, those, them, their, his, her, its, he, she, you, your, be, been, being, "
     "so far, still, now, yet, currently, just, at all, then, actually, also, too, else, again, at the moment, "
     "right now, these days, today, really, quite, please, pls, plz, thanks, thank you, cheers, ta, hi, hello, "
     "add up, tot up, count up, "
     "hey, morning, good morning, afternoon, good afternoon, sorry, so, well, up, up to, going, doing, getting, "
     "getting on, get, gets, go, goes, stand, stands, standing, look, looks, looking, looking like, looking at, "
     "coming along, coming on, progressing, progress, position, state, situation, story, sitting, sit, sits, "
     "where, here, should, would, could, can, shall, must, may, might, need, needs, want, come, comes, as, if, "
     "all, exactly, only, even, ever, already, last, next, me, down, out, off, back, since, before, after, "
     "between, until, till, during, got to, get to, have, has, had, is, are, was, were, do, does, did, currently, "
     "kind, sort, quickly, briefly, quick, one, main, key, current, latest, present, overall, total, full, whole, "
     "very, much, many, more, other, others, first, top, bottom, listed, recorded, known, down as, put, see, find "
     "out, know, say, called, named, called for, think, think about, sure, whether, concerned, regards, per, bit, "
     "like, way, um, er, erm, uh, to date, since the plan began, since the start, since the beginning, since we "
     "started, since day one, ready, update, updates, status, status of, status on, doing on, will, "
     "r"),
    (Role.JOINT, "", "and, or, &, +, plus, but, nor, n"),
    (Role.RELATIVE, "", "that, thats, that are, that is, that have, that has"),
)  # fmt: skip


BOUNDS = {
    ("more", "than"): "over", ("over",): "over", ("above",): "over", ("at", "least"): "least",
    ("upwards", "of"): "least",
    ("less", "than"): "under", ("fewer", "than"): "under", ("under",): "under", ("below",): "under",
}  # fmt: skip
"""Words before a number or a share. Must not read: "over budget", "under heard"."""
FRACTIONS = {
    ("half",): 50.0, ("a", "half"): 50.0, ("a", "third"): 100 / 3, ("one", "third"): 100 / 3,
    ("two", "thirds"): 200 / 3,
    ("a", "quarter"): 25.0, ("one", "quarter"): 25.0, ("three", "quarters"): 75.0,
}  # fmt: skip
MOST_OF = (("most", "of"), ("the", "majority", "of"), ("a", "majority", "of"), ("the", "bulk", "of"))
"""Words for more than half. Must not read: "most at risk", "who has the most"."""


SLIPS = {"teh": "the", "hte": "the", "wat": "what", "wht": "what", "waht": "what", "hwo": "how", "hwat": "what",
         "adn": "and", "nad": "and", "fo": "of", "si": "is", "r": "are", "u": "you", "ur": "your"}  # fmt: skip
"""Short words as they are often mistyped or written in a hurry: of few letters nothing is guessed."""


@cache
def longer_words() -> frozenset[str]:
    """Return the words of the phrases that are long enough for a keystroke to be told from another word."""
    return frozenset(word for some in phrases().values() for one, _ in some for word in one if len(word) > 4)


@cache
def phrases() -> dict[str, tuple[tuple[tuple[str, ...], tuple[Meaning, ...]], ...]]:
    """Return the phrases by their first word, the longest first, each with what it may mean, in the order above."""
    found: dict[tuple[str, ...], list[Meaning]] = {}
    for role, value, words in _WORDS:
        for typed in words.split(", "):
            meanings = found.setdefault(tuple(typed.split()), [])
            if (role, value) not in meanings:
                meanings.append((role, value))
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[Meaning, ...]]]] = {}
    for phrase, meanings in found.items():
        by_first.setdefault(phrase[0], []).append((phrase, tuple(meanings)))
    return {first: tuple(sorted(some, key=lambda row: -len(row[0]))) for first, some in by_first.items()}
