"""The forms that questions have, as a table that can be read and added to.

In a form, `[a|b]` may be left out (with `*`, or said several times), `(a|b)` is one of these, and a word in capitals is
one of `PIECES`; `X` is what the question is about. The first form that fits the whole question counts.
"""

import re
from functools import cache

from handlers.reading.status_phrases import DONE_WORDS, RATING_WORDS, either

_STATE = f"{either((*RATING_WORDS, *DONE_WORDS))}|delayed|slipping|going well|ok|okay|all right|closed|agreed|proposed"
_LATE = "overdue|late|behind(?: schedule)?|slipp(?:ed|ing)|past due|out of date"
_GIVEN = (
    "answered|answer|replied|reply|responded|respond|reported|report|updated|update|got back|come back|get back|sent|"
    "send|given|give|provided|provide"
)
_OBJECT = (
    "to|with|us|me|you|anything|something|one|theirs?|their (?:updates?|answers?)|an? (?:updates?|answers?)|updates?|"
    "answers?|still|back|yet|in"
)
_LEADS = (
    "the lead (?:for|of|on)|lead (?:for|of|on)|leads?|leading|(?:the )?(?:person )?responsible for|in charge of|"
    "answer(?:s|able)? for|doing|does|has|got|have|holds?|on|looking after|dealing with|behind"
)
_ABOUT = (
    "about|on|mention(?:ing|s|ed)?|concern(?:ing|s)?|to do with|deal(?:ing|s)? with|cover(?:ing|s)?|involv(?:e|es|ing)|"
    "with|for|under|that|do we have|have we|there"
)
_NEWS = "status|state|progress|position|rating|rag|colour|update|latest|news|score|story|situation"
_WANTED = "due|wanted|needed|go out|going out|published|out|be in|in|i"

PIECES = {
    "X": " (?P<x>.+?)",
    "IS": "(?:'s|s|'re| is| are| was| were| have| has)?",
    "THE": "(?: (?:the|our|your|this|that|my))?",
    "ON": " (?:on|about|for|of|with|regarding|concerning|in|from|to|at|under|around)",
    "FOR": "(?: (?:for|at|to|by|in|from|on|before)(?: the)? (?P<x>.+?))?",
    "STATE": f" (?:{_STATE})",
    "SUCH": f" (?P<x>{_STATE})",
    "LATE": f"(?: all)?(?: currently| still| now)? (?:{_LATE})",
    "THINGS": "(?: of (?:the|our|my))?(?: (?:actions?|things?|ones?|items?|updates?))?",
    "GIVEN": f" (?:{_GIVEN})",
    "OBJECT": f"(?: (?:{_OBJECT}))*",
    "LEADS": f" (?:{_LEADS})",
    "ABOUT": f"(?: (?:{_ABOUT}))+",
    "NEWS": f" (?:{_NEWS})",
    "WANTED": f"(?: (?:{_WANTED}))*",
}

QUESTION_FORMS: tuple[tuple[str, str], ...] = (
    # what has changed, and what nobody leads
    ("changes", "(what|anything) IS [all] (changed|new|different|moved|been done|been updated|been recorded) "
     "[in the plan|on the plan|here]"),
    ("changes", "(what|anything) IS [all] (changed|new|different|moved|happened|been done|been updated|been recorded) "
     "[in the plan|on the plan|here] since X"),
    ("changes", "(what|which|any) THINGS IS [there] (changes|changed|news|been updated) [in the plan] since X"),
    ("no lead", "(what|which|how many) THINGS IS [still] (no lead|got no lead|without a lead|nobody leading|unassigned|"
     "leaderless|not got a lead|no one leading)"),
    ("no lead", "(is|are) [there] (any|anything) THINGS (with no lead|without a lead|that nobody leads|unassigned)"),
    # who owes an answer
    ("owing", "who [else] [still] (owe|owes) OBJECT FOR"),
    ("owing", "who [has|have|did|is|are] [still] (not|hasn't|haven't|didn't|'s not) [yet] GIVEN OBJECT FOR"),
    ("owing", "who (hasn't|haven't|didn't|isn't) [yet] GIVEN OBJECT FOR"),
    ("owing", "who (has|have|is|are) [still] [yet] to GIVEN OBJECT FOR"),
    ("owing", "who IS [still] (outstanding|missing|to chase|being chased) FOR"),
    ("owing", "who (do|should|must) (i|we) [still] [need to] (chase|remind|nudge|ring|call) FOR"),
    ("owing", "(what|which|how many) [updates|answers|leads|actions] IS [still] [we] "
     "(outstanding|missing|owed|owing|awaited) OBJECT FOR"),
    ("owing", "(has|have) (everyone|everybody|all the leads|all our leads|all leads|every lead|they all) "
     "GIVEN OBJECT FOR"),
    ("owing", "(is|are) [there] (any|anything|anyone|any updates|any answers) [still] (outstanding|missing|owed) FOR"),
    # one's own
    ("mine", "what (do|must|should|have|shall) i [still] (owe|got|have|need|do|answer|lead|report) [.{1,60}]"),
    ("mine", "what [action|actions] (am|are) (i|we) (down for|responsible for|leading|supposed to .{1,40})"),
    ("mine", "what IS [on] (mine|my list|my actions?|my updates?|my plate)"),
    ("mine", "(what|which|how many) THINGS IS [do i] (mine|lead|have|owe)"),
    ("mine", "(do|have|am) i [still] (owe|owing|have|got|late|behind|overdue|done|answered|missed) [.{1,40}]"),
    ("mine", "what THINGS IS [still] (due|owed|overdue|outstanding|expected|wanted|needed) (from|for|by) (me|us)"),
    # overdue
    ("overdue", "(what|which|who|how many|how much) THINGS IS LATE FOR"),
    ("overdue", "(is|are) [there] (any|anything|any of them) THINGS LATE FOR"),
    ("overdue", "anything LATE FOR"),
    # the boards' meetings, and the days around them
    ("meetings", "when IS [will] THE [next|coming] (meeting|meetings|mtg) [be|held|on]"),
    ("meetings", "when IS [will] THE [next|coming] X (meeting|meetings|mtg) [be|held|on]"),
    ("meetings", "when IS THE [next|coming] (meeting|meetings|mtg) (of|for|at) [the] X"),
    ("meetings", "when (do|does|will|are|is) (we|they|the board) [next] (meet|meeting) [again|next]"),
    ("meetings", "when (do|does|will|are|is) [the] X [next] (meet|meeting) [again|next]"),
    ("meetings", "when IS THE next X"),
    ("meetings", "(what|which) [is the|'s the] (day|date|time) IS [of] THE [next] (meeting|meetings) [on]"),
    ("meetings", "(what|which) [is the|'s the] (day|date|time) IS [of] THE [next] X (meeting|meetings) [on]"),
    ("meetings", "(what|which) (meetings|dates) IS [there|planned|coming up|coming|next|ahead|left|do we have]*"),
    ("meetings", "(when|by when|what day) [are|is|do|does|must|should] THE [board] (updates?|answers?|papers?) "
     "WANTED FOR"),
    ("meetings", "(when|what) IS THE [updates?|papers?] (deadline|deadlines) FOR"),
    ("meetings", "[the] next (meeting|meetings|mtg) [date|day|time] FOR"),
    # due
    ("due", "(what|which|how many|how much|anything) THINGS IS [do we have|falls?|comes?] "
     "(due|coming up|coming|next|up next|on the agenda|wanted) FOR"),
    ("due", "(is|are) [there] (any|anything) THINGS (due|coming up|coming) FOR"),
    # who is away, who cannot be written to
    ("people", "who IS [currently|still]* (away|on leave|on holiday|on annual leave|off sick)"),
    ("people", "who (has|have|is|are) [still|got]* (no|not got an?|without an?|not on) [slack]* [account]"),
    # the whole plan
    ("status", "how many actions [are|is|do|have] [there|we|have|got]* [in the plan|in total|altogether|open]"),
    # who leads
    ("status", "who IS LEADS X"),
    ("status", "(whose|who's) [action] IS X"),
    # what the board decided
    ("status", "what (did|has|have|does|do) "
     "(they|we|it|you|.{0,50}board|.{0,50}meeting|.{0,50}committee|the partnership|the chair) "
     "(decide|decided|agree|agreed|say|said|do|done|conclude|want|think|make) [to do] ON X"),
    ("status", "what (did|has|have) .{1,60} (say|said|report|reported|write|written|tell us|told us) ON X"),
    ("status", "who [last] (changed|updated|moved|closed|edited|reported on) X"),
    ("status", "what IS [the] (decided|agreed|outcome|decision|verdict|minute) ON X"),
    ("status", "what [has] (happened|became|become) (to|with|of) X"),
    # which actions stand so
    ("find", "(what|which|how many) THINGS IS SUCH"),
    ("find", "(is|are) [there] (any|anything) THINGS SUCH"),
    # what can be asked
    ("help", "what (can|do|should) (you|i|we) (do|ask|type|say) [.{1,30}]"),
    ("help", "how (do|can|does|should) (i|we|this|it|you) (work|use|begin|start) [.{1,30}]"),
    ("help", "(what|who) are you"),
    # how it stands
    ("status", "(how|where) IS [do|does] (we|it|things?|everything|they|progress|work|the plan|all this) "
     "[all|going|doing|getting on|stand|standing|at|looking|is|are]*"),
    ("status", "(is|are) X [still|now|all] STATE"),
    ("status", "(is|are) X LATE"),
    ("status", "(is|are) X [still|now] (mine|ours|due) [.{1,40}]"),
    ("status", "(when|by when) (is|are|'s) X due [.{1,20}]"),
    ("status", "(when|who) [last] (was|were|did|has|have|is) X [last|been]* "
     "(update|updated|change|changed|touch|touched|answered|reported|report|move|moved) [.{1,20}]"),
    ("status", "(how|where) IS [do|does|did] [we|it|things?|everything|they|progress|work|the work] "
     "[stand|standing|get|got|getting|going|doing|coming] [on] [with|for|at|about|in] THE X "
     "[going|doing|getting on|coming along|coming on|progressing|standing|stand|looking|been|get on|go|at|is|are]*"),
    ("status", "what IS THE [current|latest|present] NEWS [like] ON X"),
    ("status", "what IS (happening|going on|new|up|the matter|wrong|left to do|left) (on|about|with|in|at) X"),
    # what there is about something
    ("about", "[is there|are there|do we have|have we|have we got|got] (any|anything|something) "
     "[new|more|else|at all|actions?|news|updates?|progress|word|information|info|movement]* ON X"),
    ("about", "what (about|of) X"),
    ("about", "what (do|have|did|can) (we|you|i|they) (have|got|know|say|see|do|doing|find) [done|got] ON X"),
    ("about", "what IS (we|they|you|people|partners) doing ON X"),
    ("about", "(what|which) [action|actions] IS [there] X about"),
    ("about", "about X"),
    ("find", "(what|which|how many|where) THINGS IS ABOUT X"),
    ("find", "(everything|all actions) (for|from|by|of|about|led by|to do with) X"),
    ("find", "where IS X (mentioned|in the plan|covered)"),
    ("find", "what THINGS [does|do|has|have|is|are] X "
     "(lead|leads|leading|have|got|responsible for|answers? for|down for|owe|owes|in charge of)"),
)  # fmt: skip

_PART = re.compile(r"\[(?P<maybe>[^\]]+)\](?P<again>\*?)|\((?P<must>[^)]+)\)|(?P<piece>[A-Z]+)|(?P<word>[^\s\[(]+)")


def pattern_of(form: str) -> re.Pattern[str]:
    """Return the pattern of a form, for folded text that begins with a space."""
    parts = []
    for found in _PART.finditer(form):
        if found["maybe"]:
            parts.append(f"(?:{_spaced(found['maybe'])}){found['again'] or '?'}")
        elif found["must"]:
            parts.append(f"(?:{_spaced(found['must'])})")
        elif found["piece"]:
            parts.append(PIECES[found["piece"]])
        else:
            parts.append(f" {found['word']}")
    return re.compile("".join(parts))


def _spaced(alternatives: str) -> str:
    return "|".join(one if one.startswith("'") else f" {one}" for one in alternatives.split("|"))


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the forms as what finds them, made when the first question is asked: it takes 20 ms."""
    return tuple((command, pattern_of(form)) for command, form in QUESTION_FORMS)
