"""The words that are known, by kind: what an answer is said in, what puts it in doubt, and the small words around it.

Each kind is a closed list, written in lower case with its apostrophes and a space where people may put a hyphen; what
is left out on a telephone ("hasnt") is known too. A line of several columns is every way through them, "|" dividing
what may stand in one: `"no", "change|changes"` is "no change" and "no changes", an empty one leaves the column out.

Source: docs/explanation/what-people-write.md; docs/explanation/boards-and-dates.md, Statuses.
"""

from enum import StrEnum
from itertools import product

from models.enums import OutcomeKind, Status


class TokenKind(StrEnum):
    """What a word or a phrase is, wherever it stands."""

    REF = "ref"
    NEAR_REF = "near ref"
    RATING = "rating"
    NEAR_RATING = "near rating"
    LIKELY = "likely rating"
    LETTER = "letter"
    DONE = "done"
    NO_CHANGE = "no change"
    VERBAL = "verbal"
    TO_FOLLOW = "to follow"
    NOT_OURS = "not ours"
    ALL = "all"
    REST = "rest"
    PLACE = "place"
    SAME = "same"
    NEGATION = "negation"
    HEDGE = "hedge"
    OPINION = "opinion"
    EXCEPTION = "exception"
    REMAINDER = "remainder"
    CONDITION = "condition"
    WISH = "wish"
    PAST = "past"
    REPORTED = "reported"
    REASON = "reason"
    BUT = "but"
    AND = "and"
    OR = "or"
    LINK = "link"
    SMALL = "small"
    DETERMINER = "determiner"
    ASKING = "asking"
    NUMBER = "number"
    WORD = "word"
    OUTCOME = "outcome"
    SHIFT = "to another time"
    TIME_WANTED = "time wanted"
    NOTED = "noted"
    DECIDING = "around a decision"
    MINUTE = "minute"
    NEXT = "next meeting"
    TARGET = "to where"
    WHEN = "when"
    WHO = "who"
    NAME = "name"
    ADDRESS = "address"
    PICTURE = "picture"
    LINE = "line"
    STOP = "stop"
    QUESTION = "question mark"
    COMMA = "comma"
    COLON = "colon"
    DASH = "dash"
    OPEN = "open"
    CLOSE = "close"
    QUOTE = "quote"
    MARK = "mark"
    UNSURE = "more than is looked up"


PhraseValue = Status | OutcomeKind | int | None


def ways(*columns: str) -> tuple[str, ...]:
    """Return every phrase that leads through some columns of alternatives."""
    chosen = product(*(column.split("|") for column in columns))
    return tuple(filter(None, (" ".join(filter(None, one)) for one in chosen)))


_ON, _SOME, _OFF, _NOT = Status.ON_TRACK, Status.SOME_ISSUES, Status.OFF_TRACK, Status.NOT_STARTED

_WELL = "well|nicely|fine|ok|okay|smoothly|great|good|to plan|as planned|according to plan"
_LIKELY: dict[Status, tuple[str, ...]] = {
    _ON: (
        *ways("on|to|according to|as per", "plan"),
        *ways("|bang|dead|right|spot", "on", "schedule|target|course|time"),
        *ways("ahead of", "schedule|plan|target|time"),
        *ways("going|progressing|coming along|coming on|moving along|moving|ticking along|looking|doing", _WELL),
        *ways("we are|we're|things are", "|all", "ok|okay|alright|all right|good|fine"),
        *ways("fine|all fine|all ok|all okay|all good|all well|all in hand|as planned"),
        *ways("good progress|progress is good|in hand|under control|in good shape"),
        *ways("no|without any|without", "problems|issues|concerns|worries|blockers"),
    ),
    _SOME: (
        *ways("|a bit|a little|slightly|somewhat|running|falling|getting|running a bit|running slightly", "behind"),
        *ways("|a bit|a little|slightly|running|running a bit|running slightly", "late|delayed"),
        *ways("|a bit|slightly", "behind", "schedule|plan|target"),
        *ways("slipping|slipped|struggling|wobbling|mixed picture|proving difficult|not quite on track"),
        *ways("some|a few|a couple of|one or two|minor|small", "problems|concerns|delays|hiccups|difficulties|snags"),
        *ways("a|a small|a slight|a minor|slight|minor|some", "delay|problem|concern|hiccup|snag|slippage"),
    ),
    _OFF: (
        *ways("way|well|far|seriously|badly", "behind"),
        *ways("stuck|stalled|blocked|at a standstill|in trouble|going nowhere|going backwards|going badly"),
        *ways("big|major|serious", "problems|issues|delays|delay|problem"),
    ),
    _NOT: (
        *ways("hasn't|haven't|has not|have not", "started|begun|been started"),
        *ways("yet to start|not begun|not yet begun|yet to begin|not off the ground|nothing started"),
    ),
}
_DONE = (
    *ways("|all|now|fully|completely", "done|complete|completed|finished"),
    *ways("done and dusted|wrapped up|job done|delivered in full|fully delivered|fully achieved|all wrapped up"),
    *ways("ready to close|can be closed|propose to close|proposing closure|can close|ready for sign off"),
    *ways("propose|proposed|proposing|ready|recommend|recommended|recommending", "for", "closure|closing"),
)
_LAST = (
    "last time|last month|before|previous|previously|last meeting|last update|the last meeting|the last update|"
    "the last time|last report|the last board|last board|last quarter|at the last meeting|already reported|july|june|"
    "previously reported|last reported|it was|they were|it was last time|we said before|last week|my last|our last"
)
_NO_CHANGE = (
    *ways("|still|absolutely|really", "no", "|real", "change|changes|movement", "|to report|here|from us|from me"),
    *ways("|still", "no", "change|changes|movement", "since|from|on", f"{_LAST}|then"),
    *ways("nothing", "has|have|had|", "changed|moved", f"|since|since {'|since '.join(_LAST.split('|'))}"),
    *ways("nothing's|nowt's", "changed|moved", f"|since|since {'|since '.join(_LAST.split('|'))}"),
    *ways("|still", "nothing|nowt", "new|else|different|further|more|new since last time|new since july|further since"),
    *ways("|still", "nothing|nowt", "|new|further|more|else|different", "to add|to report|to say|to tell|to update"),
    *ways("no|nothing", "new|further|more|other", "to add|to report"),
    *ways("|still", "no", "|new|further|more", "update|updates|news", "since", f"then|{_LAST}"),
    *ways("no", "further|new", "update|updates|news"),
    *ways("|exactly|just|much|all|very much|pretty much|the|about the", "same", "as|as per|as at", _LAST),
    *ways("|just", "as|as per|as at", _LAST),
    *ways("as is|unchanged|same again|no different|same old|status quo|still the same|the same as it was"),
    *ways("not|hasn't|haven't|has not|have not", "changed|moved", "|since last time|since"),
    *ways("stays|remains|stay|remain", "the same|as it is|as it was|as is|unchanged"),
)
_VERBAL = (
    *ways("verbal|oral", "|update|report|updates", "|at the meeting|at the board|on the day|at the meeting itself"),
    *ways("verbally"),
    *ways("update|report", "verbally|orally|in person"),
    *ways(
        "update|report|report back|tell you|tell them|say|give it|do it|speak|talk|present|explain|feed back|"
        "present it|update you|update them|update everyone|tell everyone|cover it|take it|bring it",
        "|on it|on this|on that|to it|to this|to that|about it|them|everyone",
        "at|on|in",
        "the meeting|the board|the day|the night|the room|board|the meeting itself|the board itself",
    ),
    *ways("in person", "at", "the meeting|the board|board"),
)
_TO_FOLLOW = (
    *ways("|more|update|updates|details|detail|answer|rest|report", "to follow|will follow|follows"),
    *ways(
        "will|can|shall|i'll|we'll|you'll|you will|i will|we will|i can|we can|i shall|we shall",
        "send|provide|get|have|let you have|get back|come back|report back|reply|update|answer|respond|let you know|"
        "confirm|get it|send it|have it|get back to you|come back to you|send you something|send something|do it|"
        "get it to you|send it to you|send it over|send an update|let you have it|update you|get this to you|"
        "have an update|get you an update|get you something|send this|send that|send you an update|send you this",
    ),
    *ways("you shall have it|you shall have this|expect it|with you|you'll get it|you'll get this"),
)
_OURS = "ours|mine|us|me|my action|our action|one of ours|one of mine|for us|for me|my area|our area|my remit|our remit"
_NOT_OURS = (
    *ways(
        "|really|definitely|surely",
        "not|no longer|isn't|is not|never was|was never",
        _OURS,
        "|any more|anymore|now|any longer",
    ),
    *ways("not", "with us|with me|our responsibility|my responsibility|down to us|down to me|anything to do with us"),
)
_ALL: dict[int, tuple[str, ...]] = {
    2: (
        *ways(
            "both|both of them|both of these|both of those|both of ours|both of mine|both of us|both actions|all two"
        ),
        *ways("either|neither", "|of them|of these|of those|of ours|of mine|of my actions|of our actions"),
    ),
    0: (
        *ways("all", "|of them|of these|of those|of ours|of mine|of the above|of it|of my actions|of our actions"),
        *ways("all", "my|our|the|these|my own", "actions|ones|stuff"),
        *ways("the lot|everything|them all|all round|across the board|each one|each of them|every one|all actions"),
        *ways("any|each|none|every one", "of", "them|these|those|ours|mine|my actions|our actions"),
        *ways("none|each"),
    ),
}
HOW_MANY = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
"""How many are meant; the figure is as good as the word."""
_REST: dict[int, tuple[str, ...]] = {
    0: (
        *ways("|all", "the", "rest|others|remainder|remaining|remaining ones|remaining actions|other ones"),
        *ways("|all", "the", "rest|others|remainder", "of", "them|ours|mine|these|those"),
        *ways("|all|the|my|our", "others"),
        *ways("everything|all", "else"),
        *ways("|the|my|our", "other", "ones|actions"),
        *ways("|the|my|our|all the", "remaining", "|ones|actions"),
    ),
    1: ways("|the|my|our", "other", "|one|action"),
    2: ways("|the|my|our|for the", "other|remaining", "two"),
    3: ways("|the|my|our", "other|remaining", "three"),
    4: ways("|the|my|our", "other|remaining", "four"),
}
_PLACES: dict[int, tuple[str, ...]] = {
    1: ways("|the|my", "first|1st|top", "one|action"),
    2: ways("|the|my", "second|2nd", "one|action"),
    3: ways("|the|my", "third|3rd", "one|action"),
    4: ways("|the|my", "fourth|4th", "one|action"),
    -1: ways("|the|my", "last|bottom|final", "one|action"),
    0: ways("|the", "middle", "one|action"),
}
_SAME = (
    *ways(
        "|and|the|it's the|its the|it's|is the", "same", "for|with|goes for|applies to|on|again for|story for|as for"
    ),
    *ways("same|likewise|ditto|similarly|so is|so are|as is|as are|as with|the same|same again"),
    *ways("likewise|ditto", "for|with|on|the"),
    *ways("same", "too|as well|again|here"),
)
_NEGATION = (
    *ways("not|no|never|none|nor|neither|nothing|nobody|cannot|hardly|barely|scarcely|without|unlike|aint"),
    *ways("isn't|aren't|wasn't|weren't|hasn't|haven't|hadn't|doesn't|don't|didn't|won't|wouldn't|can't|couldn't"),
    *ways(
        "shouldn't|ain't|mustn't|needn't|no longer|far from|nowhere near|anything but|a long way from|a long way off"
    ),
    *ways(
        "rather than|instead of|no way|not a chance|by no means|not even|in no way|not yet|not a|not quite|not exactly"
    ),
)
_HEDGE = (
    *ways("nearly|almost|probably|maybe|perhaps|possibly|hopefully|mostly|largely|partly|partially|half|roughly|ish"),
    *ways("arguably|approximately|supposedly|allegedly|potentially|theoretically|basically|practically|virtually"),
    *ways("likely|unlikely|doubtful|borderline|verging|bordering|tbc|unclear|unsure|uncertain|guess|suspect|initially"),
    *ways(
        "sort of|kind of|more or less|as good as|pretty much|close to|about to|just about|in part|in theory|on paper"
    ),
    *ways("up to a point|to some extent|in parts|for the most part|fingers crossed|touch wood|all being well|tho not"),
    *ways("not sure|not certain|not convinced|to be confirmed|hard to say|too early to say|somewhere between|between"),
    *ways("i|we", "think|believe|guess|suppose|suspect|hope|reckon|assume|imagine|expect|trust"),
    *ways("as far as", "i|we", "know|can tell|can see"),
    *ways(
        "afaik|on the edge of|on the verge of|getting there|nearly there|almost there|one foot in|more like|closer to"
    ),
    *ways("seems|seem|appears|appear|seemingly|looks like|sounds like|feels like|feels|not far off|hoping|well nearly"),
    *ways("so-so|surely|sorta|kinda|give or take|if anything|in a way|in a sense|technically|in name only|so called"),
)
_OPINION = (
    *ways("i'd|we'd|i would|we would", "say|go with|put|call it|call this|rate it|rate this|go for|suggest"),
    *ways(
        "call it|let's say|let's call it|going for|go with|go for|say|looks|look|looking|must be|should read|should say"
    ),
)
_EXCEPTION = (
    *ways("apart from|except|except for|excepting|excluding|bar|barring|but for|other than|save for|aside from"),
    *ways("with the exception of|minus|not counting|not including|besides|all but|but not|just not|only not"),
)
_REMAINDER = (
    *ways("still to|still needs|still need|yet to|to go|left to do|remaining|outstanding|just needs|just need"),
    *ways("only the|just the|just one|only one|one left|still waiting|to do|not yet"),
)
"""What is left of something, so that it is not done."""
_CONDITION = (
    *ways("if|unless|provided|providing|assuming|until|till|til|once|whether|as long as|so long as|subject to|when"),
    *ways("depending on|dependent on|depends on|depends|in case|only if|by the time|pending|as soon as|should they"),
)
_WISH = (
    *ways(
        "will|'ll|would|could|should|might|may|must|shall", "|be|go|turn|become|get|soon be|not be|have been|then be"
    ),
    *ways("going|gonna|hope|hoping|aim|aiming|expected|expect|expecting|due|need|needs|plan|planning|trying", "to be"),
    *ways("supposed|meant|ought|wants|want|wanted|hoped|about|set|bound", "to be"),
    *ways("to be|want to say|want it|want|wish|wished|aiming for|heading for|heading to|heading|on the way to|turning"),
    *ways("i'd love|i'd like|we'd like|we'd love|would like|would love|it'll be|it'd be|becoming|i'll be|we'll be|be"),
    *ways("i'll|we'll|i will|we will|i'm going to|we're going to|i'd rather|we'd rather|i'd like to|we'd like to"),
)
_PAST = (
    *ways("was|had been|used to be|were|previously|formerly|originally|at first|back then|in the past|from"),
    *ways("until recently|until last week|until now|up until", "|last month"),
)
_PAST_AFTER = (
    *ways(
        "|at the|in the|as of", "last", "month|week|year|quarter|time|board|meeting|update|summer|autumn|spring|term"
    ),
    *ways("in", "january|february|march|april|may|june|july|august|september|october|november|december|the spring"),
    *ways("before|previously|earlier|at first|back then|originally|beforehand|ages ago|a while ago|at the time"),
)
_REPORTED = (
    *ways("says|said|thinks|think|thought|tells|told|reckons|reckoned|believes|believed|claims|claimed|insists|heard"),
    *ways(
        "according to|rumour|rumoured|apparently|asked|asks|asking|wonders|wondering|minuted|described|headline|hear"
    ),
)
_REASON = (
    *ways("because|bc|cos|coz|cuz|because of|as|since|due to|owing to|on account of|given|caused by|b/c|reason being"),
    *ways("|the", "reason|reasons", "|is|being|was"),
)
_BUT = ways("but|though|although|however|tho|yet|albeit|whereas|while")
_AND = ways("and|&|+|plus|also|then|and also|and then|n|as well as")
_OR = ways("or|either|versus|vs|and/or")
_LINK = ways("for|on|re|with|regarding|about|concerning|in respect of|=|as for|to|in")
_PUT = "mark|set|put|record|log|note|make|show|call|change|move|have|leave|rate|register|class"
_WRITE_DOWN = "mark|set|put|record|log|rate|class"
"""What a request asks for that is an answer: to "show" it may ask how it stands, to "move" it another day."""
_SMALL = (
    *ways("is|are|am|it|it's|its|this|this is|this one|this one's|that|that's|thats|we|we're|they|they're|i'm|i am"),
    *ways("i've|ive|i have|we've|weve|we have"),
    *ways("we are|they are|i|it is|which is|these|these are|those|those are|them|there|here|us|me|you|my|our|ours"),
    *ways("mine|ones|one|still|now|currently|again|back|remains|remain|stays|staying|definitely|firmly|very much"),
    *ways("really|very|actually|certainly|clearly|happily|sadly|unfortunately|luckily|thankfully|finally|at last"),
    *ways("overall|broadly|so far|to date|at present|at the moment|for now|as of today|as of now|today|this month"),
    *ways("this week|this time|this quarter|right now|atm|rag|rag status|rag rating|rag rated|status|rating|rated"),
    *ways("update|updates|update as requested|updated|action|actions|current|latest|position|as|at|so|ok|okay|yes"),
    *ways("yep|yeah|well|right|just|quick|please|pls|plz|thanks|thx|sorry|tbh|fyi|btw|hi|hello|hey|hiya|dear|morning"),
    *ways("good morning|good afternoon|afternoon|good evening|report|moved|gone|go|gone to|turned|moved to|now at"),
    *ways(
        "has been|have been|been|has|have|has now|have now|can you|could you|can we|would you|will you|down|up|has gone"
    ),
    *ways(
        "pleased|glad|happy|sorry|afraid|i'm afraid|good news|bad news|to say|to report|also|as requested|as follows"
    ),
    *ways("here's|here is|um|er|erm|uh|oh|ah|lol|x|xx|honestly|ta|cheers|thank you|many thanks|our action|my action"),
    *ways("by the way|reads|from us|from me|from our side|this end|on this|on this one|on that|on it|thing|things"),
    *ways("first|firstly|secondly|lastly|next"),
    *ways("last minute|a bit last minute|quick one|quick update|late one|one more|one last one|final one"),
    *ways("too|and|alright|say|all|completely|totally|100%|solidly|comfortably|comment|comments|note|notes|ref|item"),
    *ways("can|could|would|will", "you|u|we|i", "|please|just", _WRITE_DOWN, "|it|this|that|us|them"),
    *ways("you can|you may|you could|let's|lets|let us", "|please|just|now", f"{_WRITE_DOWN}|call", "|it|this|that|us"),
    *ways(_PUT, "|it|this|us|this one|that|us down|me down|it down|this down|them", "|as|to|at|down as"),
    *ways(
        "i|i'm|i am|we're|we are|i've|we've|i'll|i have|we have",
        "putting|put|marking|marked|rating|setting|calling",
        "|it|this",
    ),
    *ways(
        "remaining|only|everyone|team|colleagues|folks|continues|continues to be|continuing|continue to be|nothing but"
    ),
)
_DETERMINER = ways("a|an|the|his|her|their|some|any|every|another|your")
_ASKING = (
    *ways("what|what's|whats|when|when's|whens|where|where's|who|who's|whos|why|how|how's|hows|which|whose"),
    *ways("is there|are there|can you|could you|can i|can we|could we|could i|do you|do we|do i|does|did|is it|are we"),
    *ways(
        "are they|shall i|shall we|should i|should we|have you|have we|will you|would you|anybody|anyone|does anyone"
    ),
)
COMPOUNDS: dict[str, tuple[str, ...]] = {
    "red": ways(
        "tape|book|books|line|lines|flag|flags|cross|card|alert|carpet|herring|herrings|box|list|zone|route|"
        "lion|squirrel|squirrels|wine|brick|bricks|rose|kite|nose|bus|team|button|ink|pen|label|tractor|"
        "paper|admiral|hot|lights|light|letter|mist|top|tops|kites|meat|cells|admirals|thread|dot|rag|ribbon"
    ),
    "green": ways(
        "light|lights|space|spaces|paper|papers|belt|card|flag|park|lane|gym|gyms|energy|party|plan|room|"
        "team|grass|shoots|badge|badges|book|form|roof|house|field|fields|agenda|economy|deal|street|tea|"
        "salad|cross|fingers|lion|man|goods|waste|line|route|box|ink|door|care|prescribing|travel|bin|bins|"
        "corridor|corridors|infrastructure"
    ),
    "amber": ways(
        "alert|alerts|light|lights|ale|valley|flag|court|warning|warnings|zone|hill|necklace|team|room|list|traffic"
    ),
    "grey": ways("area|areas|matter|literature|hair|squirrel|squirrels|belt|list|market|water|zone|seal|room"),
    "yellow": ways("card|line|lines|pages|book|box|bus|fever|hill|team|room|bellies|sticker|stickers"),
    "orange": ways("juice|badge|book|lodge|team|order|peel|room|squash|box"),
    "off track": ways("cycling|cycle|cyclists|biking|bike|bikes|racing|running|walking"),
    "on track": ways("record|records|suit|suits|event|events"),
    "at risk": ways(
        "of|children|child|families|young|groups|group|pupils|register|students|youth|teenagers|girls|boys"
    ),
}
"""What a rating makes with the word behind it that is no rating: "red tape", "children at risk of exclusion"."""
