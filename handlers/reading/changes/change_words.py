"""The words in which somebody changes a meeting, a board, a lead, a post or the plan, by kind.

Each kind is closed. What none of them explains keeps a change from being read: "gave the police the papers", "moved to
tears", "papers were late".

Source: docs/explanation/what-people-write.md, What is changed.
"""

from enum import StrEnum
from functools import cache

from handlers.reading.lexicon import ways


class W(StrEnum):
    """What a word is to a change."""

    SMALL = "small"
    POLITE = "polite"
    # what is named
    REF = "ref"
    BOARD = "board"
    POST = "post"
    ORGANISATION = "organisation"
    THEME = "theme"
    WHO = "who"
    ME = "me"
    DAY = "day"
    MONTH = "month"
    NEXT = "next"
    TIME = "time"
    AMOUNT = "amount"
    NUMBER = "number"
    CHANNEL = "channel"
    # what is done
    OFF = "off"
    SHIFT = "shift"
    NOW = "now"
    STARTS = "starts"
    EARLIER = "earlier"
    LATER = "later"
    INSTEAD = "instead"
    ADD = "add"
    EXTRA = "extra"
    MEETS = "meets"
    FIXED = "fixed"
    PAPERS = "papers"
    UPDATES = "updates"
    SET = "set"
    BEFORE = "before"
    MORE = "more"
    REMIND = "reminders"
    ON = "on"
    STOP = "stop"
    CLOSED = "closed"
    CHAIR = "chair"
    SECRETARY = "secretary"
    RENAMED = "renamed"
    CALLED = "called"
    CALLS = "calls"
    GIVE = "give"
    LEAD = "lead"
    TO = "to"
    HOLDS = "holds"
    DEPUTY = "deputy"
    AWAY = "away"
    CONTACT = "contact"
    OFFICER = "contact officer"
    REMOVE = "remove"
    COME = "come"
    ENTRY = "entry"
    HIDE = "hide"
    BLANK = "blank"
    REOPEN = "reopen"
    CHASE = "chase"
    SEND = "send"
    PROMPT = "prompt"
    AGAIN = "again"
    UNANSWERED = "unanswered"
    ALL = "all"
    DELETE = "delete"
    WORDING = "wording"
    SHOULD = "should"
    GATHERING = "gathering"
    FOCUS = "focus"
    ACTION = "action"
    # what puts it in doubt
    NOT = "not"
    HEDGE = "hedge"
    IF = "if"
    SAID = "said"
    PAST = "past"
    ASK = "ask"
    # what joins and divides
    BECAUSE = "because"
    SO = "so"
    MARK = "mark"
    LINE = "line"
    QUESTION = "question mark"
    QUOTE = "quote"
    NAME = "a name, by its capital letter"
    OTHER = "other"


DOUBTS = frozenset((W.NOT, W.HEDGE, W.IF, W.SAID, W.PAST, W.ASK))

_PHRASES: dict[W, tuple[str, ...]] = {
    W.SMALL: (
        *ways("the|a|an|of|for|on|at|in|is|are|be|been|being|has|have|had|will|shall|its|it|this|that|these|those"),
        *ways("we|our|us|i|you|your|everyone|just|also|too|then|there|from|by|with|as|and|both|s|so that"),
        *ways("ok|okay|please|pls|plz|thanks|thank you|ta|cheers|hi|hello|all|need|needs|want|wanted|got|get|gets|id"),
        *ways("going|due|up|out|over|any more|anymore|after all|same|time|place|venue|slot|usual|which|they|he|she"),
        *ways("diary|diaries|calendar|calendars|note|fyi|here|today|onwards|on wards|henceforth|whole|rest|them|im"),
        *ways("ive"),
        *ways("ie|eg|i e|afternoon|morning|evening|straight|away|quick|new plan|update|heads up|well|right|yes|n|&|+"),
        *ways("each|every|both|weve|theyve|theyre|plan|plans|now on|here on|will be|done|lol|x|im|am|do|did"),
    ),
    W.POLITE: (
        *ways("can|could|would|will", "you", "|please|pls|just"),
        *ways("please|pls|plz|kindly|lets|let's|let us|go ahead and|i need you to|you need to"),
        *ways("i|we", "need to|want to|would like to|have to|'d like to|are going to|will|shall|am going to|have|'ve"),
        *ways("id like to|wed like to|ill|well|weve|ive|i have|time to|remember to|make sure to|you can"),
    ),
    W.ME: ways("me|my|myself|mine|i'm|im"),
    W.NEXT: ways("next|the next|upcoming|coming", "|one"),
    W.OFF: (
        *ways("cancel|cancels|cancelled|canceled|cancelling|scrap|scrapped|abandoned|abandon|bin|binned|axe|axed|off"),
        *ways("call|called|calling", "off|it off"),
        *ways(
            "was|were|has been|have been|got|is|been|be",
            "cancelled|called off|abandoned|inquorate|not quorate|off|scrapped",
        ),
        *ways(
            "won't|wont|will not|isn't|isnt|is not|not|aren't",
            "sit|meet|go ahead|happen|going ahead|happening|be sitting|be held|take place",
        ),
        *ways("didn't|didnt|did not|never", "sit|meet|go ahead|happen|take place"),
        *ways("inquorate|not quorate|was not quorate|wasnt quorate|wasn't quorate|no quorum|not enough members"),
        *ways(
            "there is|there's|theres|there will be|there'll be|we have|there",
            "no|not going to be a|not a|wont be a|won't be a",
        ),
        *ways("no longer", "meeting|on|happening|going ahead|needed|taking place"),
        *ways("stood down|pulled"),
    ),
    W.SHIFT: (
        *ways("move|moves|moved|moving|shift|shifts|shifted|reschedule|reschedules|rescheduled|re-scheduled|rearrange"),
        *ways("rearranged|change|changes|changed|switch|switched|swap|swapped|postpone|postponed|alter|altered"),
        *ways("put|push|pushed|bring|brings|brought|set|pull|pulled|knock|knocked|go|goes|gone|slip|slips|slipped"),
    ),
    W.NOW: ways("now|is now|are now|will now be|becomes|to be|has to be|needs to be|is going to be|will be|as of now"),
    W.STARTS: ways("start|starts|starting|begin|begins|beginning|kick off|kicks off|kicking off|start time"),
    W.EARLIER: ways("earlier|brought forward|bring forward|bringing forward|brings forward|sooner|forward"),
    W.LATER: ways("later|back|put back|pushed back|later than planned|than planned|afterwards|on"),
    W.INSTEAD: ways("instead of|rather than|in place of|instead|originally|previously|used to be"),
    W.ADD: (
        *ways("add|added|adding|book|booked|book in|booked in|arrange|arranged|schedule|scheduled|put in|pencil in"),
        *ways("put down|put|in for|called|convene|convened|log|record"),
    ),
    W.EXTRA: ways("extra|new|additional|another|special|extraordinary|one more|further"),
    W.MEETS: ways("meet|meets|will meet|meeting|sits|will sit|is meeting|takes place|will be held|is on|convenes"),
    W.FIXED: ways("confirmed|confirm|fixed|firmed up|set|settled|agreed|is on|will be on|finalised|booked"),
    W.PAPERS: (
        *ways("papers|paper|agenda|agendas|papers deadline|paper deadline|agenda deadline|pack|packs|agenda papers"),
    ),
    W.UPDATES: ways("updates|update|answers|updates due|update deadline|updates deadline|replies"),
    W.SET: (
        *ways("set|make|change|changed|move|shorten|lengthen|extend|cut|reduce|raise|increase|deadline|deadlines"),
        *ways("want|wanted|need|give|go out|sent|published|send|publish|put|treat|from now on|turn|switch|people"),
        *ways("instead|now"),
    ),
    W.BEFORE: (
        *ways("before|ahead|ahead of|earlier|in advance|prior|prior to|before the meeting|beforehand|clear|notice"),
    ),
    W.MORE: ways("more|extra|fewer|less|longer|shorter|another"),
    W.REMIND: (
        *ways("reminders|reminder|asking people|asking|chasers|requests|reminding|reminding people|asking leads"),
        *ways("the asking"),
    ),
    W.ON: ways("start|begin|turn on|switch on|turned on|on|resume|restart|starting|kick off|go live|live"),
    W.STOP: ways("stop|turn off|switch off|end|off|pause|suspend|halt|turned off|switched off|silence|quiet|mute"),
    W.CLOSED: (
        *ways("closed|closes|close|shut|shuts|closing|shutting|closure|no working days|not working days"),
        *ways("no working day|non working|office closed|bank holiday|holiday|holidays|half term|offices|office"),
    ),
    W.CHAIR: ways("chair|chairs|chairing|chaired|in the chair|chairperson|chairman|chairwoman"),
    W.SECRETARY: ways("secretary|clerk|clerks|clerking|minutes secretary|keeper"),
    W.RENAMED: (
        *ways("is now called|are now called|now called|will be called|is to be called|becomes|become|will become"),
        *ways("is becoming|renamed|renamed to|renamed as|is renamed|has been renamed|are renamed|has become"),
        *ways("have become|merging into|merges into|merged into|merge into|is merging into|will merge into"),
        *ways("changes its name to|is changing its name to|known as|is now known as|now known as|rebranded as"),
        *ways("turns into"),
    ),
    # Another name beside the one it has. Must not read: "is now called" (renamed), "called off", "this means".
    W.CALLED: (
        *ways("|is|are|was", "also|otherwise|better", "known as|called"),
        *ways("|is|are", "short for|another name for|a nickname for|shorthand for|our name for"),
        *ways("aka|stands for|goes by|also goes by"),
    ),
    W.CALLS: ways("call|calls|refer to|refers to"),
    W.GIVE: (
        *ways("give|gives|pass|passes|passed|hand|hands|transfer|transferred|reassign|reassigned|assign|assigned"),
        *ways("reallocate|reallocated|allocate|allocated|switch|swap|move|moves|goes|go|sit|sits|belongs|belong|moved"),
        *ways("across|over|swapped|switched|picks up|pick up|picking up|taking on|take on|takes on|take over"),
        *ways("takes over"),
        *ways("take|takes|taking|owns|own|put|make|makes|down|has|have|change|set|get|gets|is now|now|becomes|hers"),
        *ways("his"),
    ),
    W.TO: ways("to|→"),
    W.LEAD: ways("lead|leads|led|leading|leader|owner|the lead|lead on|leads on|in charge|responsible|responsibility"),
    W.HOLDS: (
        *ways("held by|holds|hold|holder|post holder|postholder|filled by|now held by|in post|in the post|the new"),
        *ways("taken over|takes over|take over|taking over|took over|succeeds|succeeded|replaces|replaced|replacing"),
        *ways("appointed|starts|start|started|starting|joins|joined|new|becomes|has become|steps in|got the job|post"),
        *ways("role|job|is now|now|is"),
    ),
    W.DEPUTY: (
        *ways("deputised|covered|stood in"),
        *ways("deputise|deputises|deputising|deputize|deputizes|covers|cover|covering|stands in|stand in"),
        *ways("standing in|deputy|stands in for|acting|acts|act up|acting up|holding the fort|minding the shop"),
        *ways("fills in|filling in"),
    ),
    W.AWAY: (
        *ways("away|off|off sick|off work|out of office|abroad|unavailable|absent|not in|not around"),
        *ways(
            "|is|are|will be",
            "on",
            "leave|annual leave|holiday|holidays|maternity leave|paternity leave|parental leave|jury service",
        ),
    ),
    W.OFFICER: ways("contact officer|contact officers|a contact officer"),
    W.CONTACT: (
        *ways(
            "helped|contact officer|contact officers|contact|contact person|helps|help|helping|assists|assistant|copy"
        ),
        *ways("copied|copy in|cc|works with|supports|support|on these|with these|with this|with them|as well"),
    ),
    W.REMOVE: (
        *ways("remove|take off|no longer|take|off|drop|delete|stop|stops|doesnt|doesn't|does not|is not|isnt"),
        *ways("any longer"),
    ),
    W.COME: (
        *ways("come|comes|coming|go|goes|wait|waits|have|has|rather have|would rather have|would prefer|prefer|until"),
        *ways("till|til|be|be at|heard|taken|take|moved|move|put|slip|slips|report|reported|due|more time|time"),
        *ways("an extension|extension|longer|a bit longer|heads|instead|rather|like|would like|id like|wait until"),
    ),
    W.ENTRY: ways("last|latest|most recent", "entry|update|answer|words|note|one|comment"),
    W.HIDE: (
        *ways("withhold|hold back|not for publication|unpublish|confidential|private|keep private|out of the papers"),
        *ways("keep|leave|hold|take", "|out|back", "|of the papers|of the report|of the digest|out of the papers"),
        *ways("papers|publication|digest|out"),
    ),
    W.BLANK: ways("redact|redacted|blank|blank out|black out|blot out|erase|wipe|remove the words of|strip"),
    W.REOPEN: (
        *ways("reopen|re-open|reopened|open again|open up|open up again|unclose|resurrect|revive|back open"),
        *ways("bring back"),
    ),
    W.CHASE: (
        *ways("chase|chasing|chase up|chaser|nudge|nudging|prod|remind|reminding|a reminder|pester|poke|a nudge"),
        *ways("a prod|a chaser|ring round|ring-round|ring round list|follow up|follow up with|gee up|hassle"),
        *ways("ping|pinging|badger"),
        *ways("a|another|one more|a further|a quick|a gentle|a friendly", "reminder|nudge|prod|chaser|prompt|ping"),
    ),
    W.SEND: ways("send|drop|give|issue"),
    W.PROMPT: ways("ask|prompt|press|contact|write to"),
    W.AGAIN: ways("again|once more|once again|one more time|another time"),
    # What is still owed, and by whom. Must not read: "answered".
    W.UNANSWERED: (
        *ways(
            "|has|have|still has|still have|has still|have still",
            "not|yet to|still to|not yet",
            "answered|answer|replied|reply|responded|respond|updated|update",
        ),
        *ways("hasnt|havent|hasnt yet|havent yet|didnt", "answered|answer|replied|reply|responded|respond|updated"),
        *ways("|still|who|who still", "owe|owes|owing|owed"),
        *ways("her|his|their|answer|answers|reply|response|responses|still|yet|overdue"),
    ),
    W.ALL: (
        *ways("everyone|everybody|all|anyone|whoever|who|people|leads|the stragglers|stragglers|late ones"),
        *ways("the late ones|the rest|them|outstanding|those|laggards|who hasnt|who haven't|who hasn't|hasnt|havent"),
        *ways("hasn't|haven't|answered|replied|responded|late|missing|everything"),
    ),
    W.DELETE: ways("delete|deletes|deleting|get rid of|remove|bin|wipe|erase|scrap"),
    W.WORDING: (
        *ways("reword|rewording|rephrase|wording|rewrite|text|title|words|reads|retitle|standing commitment"),
        *ways("deliverable|board action"),
    ),
    W.SHOULD: ways("should|ought to|must"),
    W.GATHERING: ways("meeting|meetings|mtg|board|boards|committee|session|date|dates|day|one|boards"),
    W.FOCUS: ways("focus|focus on|focusing on|focussing on|theme|about|focus is|focus is on|focus will be"),
    W.ACTION: ways("action|actions|item|items|deliverable|one|task|point|points"),
    W.NOT: (
        *ways("don't|dont|do not|not|never|no|nobody|without|shouldn't|shouldnt|can't|cant|cannot|won't|wont|didn't"),
        *ways("didnt|isn't|isnt|rather not|no need to|hold off"),
    ),
    W.HEDGE: (
        *ways("maybe|perhaps|possibly|probably|might|may|could|thinking of|thinking about|considering|wondering about"),
        *ways("wondering|would|wouldn't|hope|hoping|hopefully|wish|nearly|almost|likely|unlikely|talk of"),
        *ways("talking about"),
        *ways("if possible|in case|proposed|proposing|suggested|suggest|suggesting|plan to|planning to|tempted"),
        *ways("what about"),
        *ways("i|we", "don't|dont|do not|doubt", "|think|believe|suppose|expect"),
        *ways("how about|nice to|better|i think|we think|ideally|rumour|rumoured|apparently|trying to|tried to"),
        *ways("going to have to"),
    ),
    W.IF: ways("if|unless|once|whether|when|until|till|til|provided|assuming|depending|should they|as soon as"),
    W.SAID: (
        *ways("asked|asks|asking|says|said|say|wrote|writes|told|tells|thinks|thought|heard|claims|reckons"),
        *ways("mentioned|emailed|e-mailed|rang|phoned|wants|wanted to know"),
    ),
    W.PAST: (
        *ways("last year|last month|last week|last time|used to|ago|already|previously|had been|back then"),
        *ways("earlier this year|was|were|got|gave|given|went|did|chased|helped|deputised|covered|took|sent"),
        *ways("been given|stood in"),
    ),
    W.ASK: (
        *ways("remind me|remind us", "who|whose|what|which|when|where|why|how|if|whether"),
        *ways("can|shall|should|should we|shall we|can we|could we|do we|did we|does|did|is|are|was|were|has|have"),
        *ways("had|when|why|who|what|which|how|where|can i|may i|shall i|should i|am i|will|would"),
        *ways("what's|whats|how's|hows|where's|wheres"),
    ),
    W.BECAUSE: (
        *ways("because|because of|bc|cos|coz|as|since|due to|owing to|given that|while|whilst|in order to|so that"),
        *ways("thanks to"),
    ),
    W.SO: ways("so|therefore|hence"),
}
"""What belongs to a kind may belong to others too: "take" gives an action and takes somebody off."""

LONGEST_PHRASE = 5


@cache
def change_phrases() -> dict[str, frozenset[W]]:
    """Return every phrase that is known, without apostrophes and hyphens, with its kinds."""
    found: dict[str, set[W]] = {}
    for kind, phrases in _PHRASES.items():
        for phrase in phrases:
            found.setdefault(phrase.replace("'", "").replace("-", " "), set()).add(kind)
    return {phrase: frozenset(kinds) for phrase, kinds in found.items()}
