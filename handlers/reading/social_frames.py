"""The words and the frames of social acts: thanks, promises, excuses, questions back, absence, passing on.

A frame is what a whole clause must be, slot by slot: literal words, classes in capitals, "|" between alternatives, "?"
for what may be left out, "*" for any number of them, "_" for any one word and "..." for up to eight. Neither of these
two takes an action, an answer or a number. Apostrophes and hyphens are left out: "im", "e mail".

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

from enum import StrEnum


class Act(StrEnum):
    """What somebody does with a clause that is no answer on an action."""

    COURTESY = "courtesy"
    PROMISE = "promise"
    EXCUSE = "excuse"
    TEMPER = "temper"
    NO_UPDATE = "no update this time"
    ROBOT = "is this a robot"
    WHEN = "when is it needed"
    WHAT_TO_SAY = "what to say"
    WHICH = "which action is this"
    WHO = "who asks, and why me"
    IF_NOT = "what if there is no answer"
    WHO_SEES = "who sees it"
    RING = "ring me"
    BY_MAIL = "write to me elsewhere"
    TOLD = "told already"
    PASSED = "passed to somebody"
    PASSED_INSIDE = "passed to somebody of one's own"
    NOT_TOLD = "nobody told me"
    STOP = "ask me no more"
    LEFT = "not in this post any more"
    APOLOGIES = "not at a meeting"
    AWAY = "away"
    HABIT = "never there at such times"
    BY_DAY = "promised by a day"
    WAIT = "may it come later"
    BACK = "back again"


SILENT = frozenset((Act.COURTESY, Act.PROMISE, Act.EXCUSE, Act.TEMPER))
"""What wants no reply. Whatever else a message says must be one of these as well, or it is not silence."""
QUESTIONS = frozenset((Act.ROBOT, Act.WHO, Act.WHEN, Act.WHAT_TO_SAY, Act.WHICH, Act.IF_NOT, Act.WHO_SEES))
BESIDE = QUESTIONS | {Act.AWAY, Act.STOP, Act.RING, Act.LEFT, Act.BY_MAIL, Act.APOLOGIES}
"""What is answered beside an answer on an action, and is no part of its words."""

MEANWHILE: tuple[tuple[str, ...], ...] = (
    (
        "so|and|please|FILL|URGENT*",
        "chase|ask|contact|ring|call|email|e mail|speak to|try|message|talk to|see|go to",
        "_",
        "_?",
        "_?",
        "...",
        "REF|NUM*",
        "...",
    ),
    (
        "so|and|FILL|URGENT*",
        "_|MENTION",
        "_?",
        "_?",
        "_?",
        "_?",
        "will|is|can?",
        "covers|covering|cover|stands in|standing in|deputising|help|helps|deals with|looks after|looking after|"
        "picks up|picking up|acting|in charge|has it",
        "...",
    ),
    (
        "so|and|FILL|i|im|ill|will*",
        "no|wont|not|cant|without|limited|patchy",
        "have|be|get|see|checking|reading?",
        "...",
        "signal|wifi|email|emails|messages|laptop|access|reply|answer|contact|inbox",
        "...",
    ),
    (
        "so|and|but|FILL|DAY*",
        "dont|do not|no need to|no",
        "chase|ask|remind|message|contact|email|disturb|nudge|bother|chasing",
        "me|us|FILL*",
        "FILL|DAY|then|till|until|while*",
    ),
    (
        "FILL*",
        "_",
        "_?",
        "_?",
        "will?",
        "has|have|takes|gets|picks|pick|inherits|take",
        "it|this|that|them|over",
        "up|on?",
        "from|as of|on|since?",
        "DAY",
        "FILL*",
    ),
)
"""What goes with an absence or a departure before it, and is nothing by itself."""

FRAMES: tuple[tuple[Act, *tuple[str, ...]], ...] = (
    # courtesies
    (Act.COURTESY, "FILL*", "THANKS|ACK|GREET|PRAISE|BYE|LAUGH",
     "FILL|THANKS|ACK|GREET|PRAISE|BYE|LAUGH|PRAISED|PERIOD*"),
    (Act.COURTESY, "GREET|THANKS|BYE", "_"),
    (Act.COURTESY, "FILL*", "GREET|THANKS|BYE", "FILL*", "NAME", "NAME?"),
    (Act.COURTESY, "FILL*", "THANKS|SORRY", "FILL*", "for", "FILL*", "KIND", "FILL|KIND*"),
    (Act.COURTESY, "FILL*", "tell|give|thank", "_", "_?", "_?", "FILL*", "THANKS|from me|from us", "FILL*"),
    (Act.COURTESY, "FILL*", "pass on|pass", "FILL*", "THANKS", "FILL|on*", "_?", "_?", "FILL*"),
    (Act.COURTESY, "FILL*", "PRAISE", "FILL*", "PRAISED", "FILL|PRAISED|yesterday|DAY*"),
    (Act.COURTESY, "FILL|THANKS|DEGREE|DAY|that|that was|it was*",
     "good|great|lovely|nice|useful|helpful|productive|excellent|brilliant", "meeting|session|discussion|board|chat",
     "FILL|DAY|yesterday|PERIOD*"),
    (Act.COURTESY, "BYE", "FILL*", "DAY|weekend|day|evening|break|holiday|one|there", "FILL*"),
    (Act.COURTESY, "BYE", "FILL*", "WHOEVER", "_?", "_?", "_?"),
    (Act.COURTESY, "i|we?", "hope|trust|hoping", "WELLBEING*",
     "weekend|week|holiday|break|well|better|ok|easter|christmas|summer|day|time"),
    (Act.COURTESY, "LAUGH|FILL*", "glad|pleased|relieved|happy|delighted", "that|thats|it|its", "is|s?",
     "done|over|finished|behind|sorted", "us|me|with|then|now*"),
    (Act.COURTESY, "FILL|SORRY*",
     "test|testing|hello testing|ignore|ignore me|ignore that|test message|never mind|nevermind|nvm|forget it|"
     "as you were|disregard|wrong chat|wrong window|wrong thread", "this|that|me|please|test|now|it*"),
    (Act.COURTESY, "FILL*", "how", "are|r", "you|things", "FILL|PERIOD*"),
    (Act.COURTESY, "GREET|FILL*", "hows|how is|how was|how has", "everyones|everybodys|your|the|life|tricks",
     "FILL|PERIOD|weekend|holiday|holidays|been|going|family*"),
    (Act.COURTESY, "FILL*", "all|everything|just what|exactly what", "i|we", "needed|need|wanted|was after", "FILL*"),
    (Act.COURTESY, "DEGREE|FILL|was*", "useful|helpful|interesting|productive|enjoyable",
     "FILL|PERIOD|last|yesterday*"),
    (Act.COURTESY, "FILL*", "THANKS", "FILL*", "for", "FILL*", "cake|biscuits|coffee|tea|lunch|lift|DAY|yesterday",
     "FILL*"),
    (Act.COURTESY, "LAUGH|FILL*", "youre|you are", "a|an|the|DEGREE*",
     "star|marvel|gem|legend|hero|angel|treasure|lifesaver|saint|wonder|best|great|brilliant|diamond", "FILL*"),
    (Act.COURTESY, "dont let", "_", "tell", "you|us|me", "otherwise|different|any different"),
    # promises without a day
    (Act.PROMISE, "FILL|ACK|SORRY*", "leave|leaving", "it|this|that|them|these", "with|to", "me|us", "FILL|LATER*"),
    (Act.PROMISE, "FILL|ACK|SORRY*",
     "bear with|bear|hang on|hold on|one moment|one sec|two secs|two ticks|give me a minute|give me five minutes|"
     "give me a sec|on it|on the case|on my list|on my to do list|coming up|coming right up|watch this space|will do|"
     "can do|consider it done", "me|us?", "FILL|LATER*"),
    (Act.PROMISE, "FILL|ACK|SORRY*", "ME?", "WILL", "WILL*", "DO|ASK", "THING|DO|LATER|FILL*", "WHENEVER", "..."),
    (Act.PROMISE, "FILL|ACK|SORRY*", "ME?", "WILL", "WILL*", "DO", "THING|DO|LATER|FILL*"),
    (Act.PROMISE, "FILL|ACK|SORRY*", "ME?", "WILL", "WILL*", "ASK", "_", "_?", "and|then|to", "WILL?", "DO",
     "THING|DO|LATER|FILL*"),
    (Act.PROMISE, "FILL|SORRY*", "ME?", "just|now?",
     "submitting|sending|replying|responding|answering|typing|looking at|looking into|checking|doing|writing|"
     "sorting|updating|catching up|getting round to|getting to|looking", "THING*", "LATER|FILL|as we speak*"),
    (Act.PROMISE, "FILL|ACK|SORRY*", "ME?", "WILL", "WILL*", "STARTS", "THING|FILL*", "DAY", "FILL|PERIOD|LATER*"),
    # apologies for a meeting to come
    (Act.APOLOGIES, "FILL|SORRY*", "SORRY", "FROM?", "FILL*", "for", "FILL*", "MEETW", "MEETW|FILL*"),
    (Act.APOLOGIES, "FILL|SORRY*", "ME?", "CANNOT", "ATTEND", "FILL*", "MEETW", "MEETW|FILL|SORRY*"),
    (Act.APOLOGIES, "FILL|SORRY*", "_", "_?", "_?", "is|will|to?", "be?",
     "coming|come|going|go|attending|attend|joining|there|at|standing in|sitting in", "FILL|to|in|MEETW*",
     "instead of me|instead of us|in my place|in our place|on my behalf|on our behalf|for me|in my stead",
     "FILL|MEETW|this time*"),
    (Act.APOLOGIES, "FILL|SORRY|ME*", "sending|will send", "FILL*", "COLLEAGUE|substitute|sub", "_?",
     "FILL|instead|in my place|MEETW*"),
    # excuses
    (Act.EXCUSE, "SORRY|FILL|ACK*", "BEENV", "FILL*", "UNWELL|BUSY", "DEGREE|PERIOD|LATER|FILL|DAY*"),
    (Act.EXCUSE, "SORRY|FILL|ACK*", "BEV?", "DEGREE|FILL*", "BUSY", "DEGREE|FILL|PERIOD*",
     "with|at|over|in|due|because?", "_?", "_?", "_?"),
    (Act.EXCUSE, "SORRY|FILL|ACK*", "BEV?", "DEGREE|FILL*", "BUSY", "ever?", "since", "_", "_?", "_?", "_?", "_?",
     "DAY|FILL|PERIOD*"),
    (Act.EXCUSE, "SORRY|FILL|ME*", "NOTHAD", "the|a|any|one?", "MOMENT", "to?", "DO|breathe|think|sit down?",
     "THING|FILL|LATER*"),
    (Act.EXCUSE, "SORRY|FILL*", "DEGREE*", "MADADJ", "FILL?", "PERIOD", "DEGREE|FILL*", "with|at|in|due|because?",
     "_?", "_?", "_?"),
    (Act.EXCUSE, "SORRY|FILL|ME*", "only|just|only just|completely|totally|honestly*", "SEEN", "THING|LATER|FILL*"),
    (Act.EXCUSE, "SORRY|FILL*", "MACHINE", "BROKEN", "FILL|LATER|DEGREE|PERIOD*"),
    (Act.EXCUSE, "SORRY|FILL*", "slipped|gone out of|went out of|went clean out of", "my", "mind|memory|head"),
    (Act.EXCUSE, "SORRY", "FILL*",
     "delay|silence|lateness|late|late reply|slow reply|slow|confusion|trouble|bother|inconvenience|radio silence|"
     "mix up|noise|typo|spam|slow response|late response|not replying|not answering", "FILL|KIND|SENDING*"),
    (Act.EXCUSE, "SORRY", "FILL*", "i|we", "couldnt|cant|could not|wasnt able to|missed|had to miss|didnt",
     "be|make|attend|come|the?", "FILL|it|there|yesterday|meeting|DAY*"),
    (Act.EXCUSE, "SORRY|FILL|ME*", "running|be|a|bit*", "late", "NUM|FILL*", "mins|minutes|min", "FILL*"),
    (Act.EXCUSE, "SORRY|FILL*", "NUM", "mins|minutes|min", "late|away|FILL*"),
    (Act.EXCUSE, "SORRY", "SORRY|FILL|LATER|DEGREE*"),
    (Act.EXCUSE, "FILL|SORRY|ME*", "still|just|now|busy*", "WRITING", "FILL|OWN*", "RECORDS", "up?",
     "FILL|LATER|SORRY|yet*"),
    (Act.EXCUSE, "FILL|SORRY*", "RECORDS", "FILL|all*", "not|havent been|arent", "all|quite|FILL*", "WRITTEN", "up?",
     "FILL|LATER|SORRY|yet*"),
    (Act.EXCUSE, "FILL|SORRY|ME*", "havent|not|still have to|still to|yet to", "WRITTEN", "FILL|OWN*", "RECORDS",
     "FILL|LATER|SORRY|up|yet*"),
    (Act.NO_UPDATE, "SORRY|FILL|ME*", "NOUPDATE", "PART|FILL*"),
    # temper
    (Act.TEMPER, "LAUGH|FILL*", "for", "SAKE", "sake", "FILL*"),
    (Act.TEMPER, "LAUGH|FILL*", "CROSS", "FILL*"),
    (Act.TOLD, "FILL*", "_?", "_?", "DAY?", "_?", "time|times", "YOU|youve|you|you have|ive been|i have been",
     "asked|chased|sent|reminded|told", "me|us|FILL|now*"),
    (Act.TOLD, "how many times|how often", "..."),
    # questions back
    (Act.ROBOT, "FILL|LAUGH*", "BEQ", "BOTQ*", "HUMAN", "BOTQ|HUMAN*"),
    (Act.WHO, "FILL|LAUGH*", "who|what|whos|who the hell", "are|r|is|on earth are", "you|this", "FILL*"),
    (Act.WHO, "FILL*", "why|how|how come|where", "do|have|did|are|is|you*", "you|this|it",
     "have|got|get|know|asking|writing to|messaging|contacting|message|ask|contact|texting|emailing|find", "my|me",
     "name|email|details|address|number|FILL*"),
    (Act.WHEN, "FILL|SORRY*", "WHENQ", "QFILL*", "NEEDV", "QFILL*"),
    (Act.WHEN, "FILL|SORRY*", "WHENQ|what|whats", "is|are|s?", "CUTOFF", "for|on?", "QFILL*"),
    (Act.WHEN, "FILL|SORRY*", "WHENQ", "is|are|does|do|s?", "OWN", "DUEV", "QFILL*"),
    (Act.WHEN, "FILL|SORRY*", "WHENQ|what|whats|is*", "the?", "latest|very latest|last day|last minute|last moment",
     "that|by|for*", "i|we|you", "can|could|need|want|have to|should|will?", "DO|SAYV|NEEDV|give|accept|take",
     "QFILL|DAY|to*"),
    (Act.WHAT_TO_SAY, "FILL|SORRY*", "WHATQ", "QFILL*", "SAYV", "QFILL*"),
    (Act.WHAT_TO_SAY, "do|would|will|should", "you|i|it|we", "want|need|prefer|like|be|write|do", "SIZE", "SIZE*"),
    (Act.WHAT_TO_SAY, "how", "long|detailed|much detail|many words|short", "should|does|do|must",
     "it|this|i|we|my update|the update", "be|to|need|have|write*"),
    (Act.WHICH, "FILL|SORRY*", "which|what|whats", "action|actions|one|ones|of these|of them|of mine",
     "is|are|was|do|did|s?", "this|that|these|it|you|we|mean|asking|about|for|on|talking|FILL*"),
    (Act.WHICH, "FILL|SORRY*", "whats|what|whats all|what is|what are", "this|this all|these|all this|it",
     "about|for|in aid of|regarding|on*", "FILL*"),
    (Act.IF_NOT, "FILL*", "what happens|what|whats the worst|so what", "if|when", "i|we|nobody|noone|someone",
     "dont|do not|cant|doesnt|forget|miss|ignore|say|just", "..."),
    (Act.IF_NOT, "FILL*", "what", "...", "if|when", "i|we", "send|give|say|write|tell|have|leave", "you|them|it|FILL*",
     "nothing|no update|no reply|blank|empty", "..."),
    (Act.IF_NOT, "FILL*", "what", "...", "if|when", "i|we", "dont|do not|cant|forget to",
     "send|give|say|write|answer|reply|respond|update|have", "..."),
    (Act.IF_NOT, "FILL*", "do|must|should", "i|we", "have to|need to|really|actually|bother*",
     "answer|reply|do|respond|bother|fill", "FILL|THING|OWN|KIND*"),
    (Act.IF_NOT, "FILL*", "is", "this|it|answering|replying", "compulsory|mandatory|optional|voluntary|obligatory",
     "FILL*"),
    (Act.WHO_SEES, "FILL*", "who|who else|whos", "can|will|gets to|does|is|else*",
     "see|sees|read|reads|seeing|reading|going to read|going to see",
     "FILL|what|my|words|answer|answers|update|updates|say|write|put|i|send|PAPER|OWN",
     "FILL|what|my|words|answer|answers|say|write|put|i|send|PAPER|OWN*"),
    (Act.WHO_SEES, "FILL*", "will|can|does|do|could",
     "the public|public|anyone|anybody|everyone|others|other people|people|parents|the press|the papers|the board|"
     "members|councillors|my boss|the chair", "else?", "see|read|get to see|have access to|view",
     "FILL|what|my|words|answer|answers|say|write|put|i|send|PAPER|OWN*"),
    (Act.WHO_SEES, "FILL*", "is|are|will", "this|it|these|what i write|what i say|these answers|my words|my answer",
     "be|this|being*",
     "public|published|confidential|private|minuted|anonymous|shared|in the public domain|made public|on the website",
     "FILL*"),
    (Act.WHO_SEES, "FILL*", "where", "does|do|will", "this|it|these|what i write|my answer|my words",
     "go|end up|appear", "FILL*"),
    # ring me, write elsewhere
    (Act.RING, "FILL|SORRY*", "can|could|would|will|please?", "SOMEONE|_?", "please|just|possibly?", "RINGV",
     "me|us", "...", "REF|and*", "..."),
    (Act.RING, "FILL|SORRY*", "can|could|would|will|please?", "SOMEONE|_?", "please|just|mind?", "give|drop|giving",
     "me|us", "a", "RINGN", "...", "REF|NUM|DAY*", "...", "REF|NUM|DAY*", "..."),
    (Act.RING, "FILL*", "can|could|shall", "we|i",
     "speak|talk|chat|have a chat|have a call|have a word|have a quick call|discuss",
     "FILL|THING|about|over|the|phone|on|LATER|instead*"),
    (Act.RING, "FILL*", "easier|quicker|better|simpler", "to|on|over|by",
     "explain|talk|say|discuss|the|phone|in|person|it|this*"),
    (Act.BY_MAIL, "FILL*", "can|could|would|will?", "you?", "please?", "ONLY*", "EMAILV|contact", "me|us",
     "ONLY|FILL|THING|form|questions|list|instead*"),
    (Act.BY_MAIL, "i|we", "prefer|would rather have|would prefer|id prefer|id rather",
     "email|emails|e mail|an email|a phone call|letters|paper", "FILL*"),
    (Act.BY_MAIL, "FILL*", "i|we", "DONT", "use|have|do|like|look at|check|get on with|manage|understand",
     "slack|this app|this thing|this channel|chat", "FILL*"),
    (Act.HABIT, "FILL*", "i|we", "DONT", "HABITV", "CHANNEL?", "on|in|at|during?",
     "DAY|fridays|mondays|tuesdays|wednesdays|thursdays|weekends|evenings|school holidays|half term|term|august|"
     "july|summer|holidays|the holidays|the summer", "FILL*"),
    (Act.HABIT, "FILL*", "i|we|im", "only|just?", "work|in",
     "part time|mondays|mornings|term time|term time only|DAY", "DAY|FILL|NUM*"),
    # told already
    (Act.TOLD, "FILL|ME|SORRY*", "already|previously", "TELL", "THING|FILL|YOU|DAY|LATER|KIND*"),
    (Act.TOLD, "FILL|ME|SORRY*", "already|previously", "TELL", "THING|FILL*", "BYWAY|DAY|YOU", "..."),
    (Act.TOLD, "FILL|ME|SORRY*", "TELL", "NAME|FILL*", "OWN|THING", "FILL*",
     "already|before|last|earlier|once|twice|DAY", "FILL|DAY|week|month|time*"),
    (Act.TOLD, "FILL|ME*", "TELL", "_", "_?", "all|about?", "THING|OWN", "BYWAY|DAY",
     "BYWAY|DAY|FILL|PAPER|phone|teams*"),
    (Act.TOLD, "FILL|ME|SORRY*", "TELL", "all|both|FILL*", "OWN|THING|mine|ours", "to", "_", "_?", "_?",
     "already|DAY", "BYWAY|DAY|FILL|already*"),
    (Act.TOLD, "FILL|ME|SORRY*", "ANSWERED", "BYWAY", "email|e mail|phone|letter|post|text|teams|telephone|mail",
     "BYWAY|DAY|FILL*", "_?", "_?", "BYWAY|DAY|FILL*"),
    (Act.TOLD, "FILL|ME|SORRY*", "already|previously?", "ANSWERED", "...", "BYWAY", "WAY", "BYWAY|DAY|FILL|REF*"),
    (Act.TOLD, "FILL|ME|SORRY*", "replied|responded|answered", "to?", "THING|OWN|YOU|FILL*",
     "last|DAY|earlier|already|by|via|yesterday", "..."),
    (Act.TOLD, "FILL|SORRY*", "SEE", "WHOSE*", "PAPER|attached"),
    (Act.TOLD, "FILL|SORRY*", "SEE", "WHOSE*", "DAY?", "PAPER|attached",
     "of|from|dated|i|we|on|DAY|last|sent|to|for|about", "sent|gave|wrote|did|submitted|filed|for?",
     "BYWAY|DAY|FILL*", "_?", "_?", "BYWAY|DAY|FILL*"),
    (Act.TOLD, "FILL*", "OWN", "went|was sent|has gone|gone|was emailed|has been sent|has been emailed|was submitted",
     "...", "BYWAY", "FILL|an*", "WAY", "BYWAY|DAY|FILL|REF|last*"),
    # passed on
    (Act.PASSED, "FILL*", "thats|its|this is|that is|this ones?", "one|ones", "for", "_", "_?",
     "really|i think|i believe|not me|please|surely*"),
    (Act.PASSED_INSIDE, "FILL|ACK|SORRY*", "HAVE*", "PASSV", "THING|REF|FILL|OWN*", "OVER", "INSIDE", "COLLEAGUE",
     "FILL|LATER*"),
    (Act.PASSED, "FILL|ACK|SORRY*", "HAVE*", "PASSV", "THING|REF|OWN|KIND|on*", "OVER", "_", "..."),
    (Act.PASSED, "FILL|ACK|SORRY*", "HAVE*", "PASSV", "THING|REF|OWN|KIND|on*", "OVER", "_|the|our|my", "_?", "_?",
     "NUM|DAY?", "_?", "to", "TAKE", "FILL*"),
    (Act.PASSED, "FILL|SORRY|ME*", "HAVE*", "asked", "_", "_?", "_?", "to", "TAKE", "THING|REF|OWN|FILL|up*"),
    (Act.PASSED, "MENTION|_", "_?", "_?", "_?",
     "can you|could you|would you|will you|can u|you ok to|are you able to", "please?", "TAKE",
     "THING|REF|OWN|FILL|up|please|on|LATER*"),
    (Act.PASSED, "FILL|SORRY*", "can|could|would|will|shall|please*",
     "someone else|somebody else|anyone else|anybody else|another lead|another post|another service", "please?",
     "TAKE|have|lead|lead on|take over|do", "THING|REF|OWN|on|over|up|FILL*"),
    (Act.PASSED, "over to|cc", "MENTION|you|_", "_?", "FILL*"),
    (Act.PASSED, "have", "you", "tried|asked|thought of asking|spoken to", "..."),
    (Act.PASSED, "FILL*", "you",
     "want|need|should ask|better ask|should be asking|need to ask|need to speak to|should speak to|want to ask",
     "_", "_?", "really|for|not|me|this|that|FILL*"),
    (Act.PASSED, "FILL*", "try|ask|speak to|contact|check with", "_", "_?", "instead|not me|please|really", "FILL*"),
    # whose is it
    (Act.NOT_TOLD, "FILL|SORRY|LAUGH*", "NOBODY", "ever?", "TOLDV", "ME|me|us*", "FILL|OWN|MINE|about*"),
    (Act.NOT_TOLD, "FILL|SORRY|LAUGH*", "NOBODY", "ever?", "TOLDV", "ME|me|us*", "FILL|OWN|about*", "_", "_?",
     "was|were|is", "MINE|FILL|one|of*"),
    (Act.NOT_TOLD, "FILL|SORRY*", "i|we", "didnt|did not|never|had no idea|wasnt|werent|had not",
     "know|knew|realise|realised|idea|heard|told|aware?", "about|of|that|OWN|MINE|was|were|i|is|FILL*", "OWN|MINE",
     "for|FILL*"),
    (Act.NOT_TOLD, "FILL*", "why", "am|me|was|are|is|do|have", "i|me|we|us|it|this?",
     "getting|asked|being|on|responsible|down|the lead|get|been", "FILL|asked|for|MINE|OWN|KIND|NOTE*"),
    (Act.NOT_TOLD, "FILL*", "first", "ive|i have|i|weve", "heard", "of|about", "FILL|OWN*"),
    # stop
    (Act.STOP, "FILL|SORRY*", "STOPV", "SENDING|FILL*"),
    (Act.STOP, "FILL|SORRY|can|could|would*", "DONTV", "SENDING", "SENDING|FILL|YOU|KIND|NOTE|LATER*"),
    (Act.STOP, "FILL|can|could|would|will*",
     "unsubscribe|unsubscribe me|opt out|opt me out|remove me|take me off|please remove me|wrong person",
     "FILL|list|mailing|distribution*"),
    (Act.STOP, "FILL*", "how|where|can|could|may", "do|can?", "i|we", "OFFV", "FILL|SENDING*"),
    (Act.STOP, "FILL*", "get rid of|turn off|switch off|mute", "FILL|SENDING*", "NOTE|SENDING", "FILL|SENDING*"),
    (Act.STOP, "FILL*", "OFTEN", "NOTE", "FILL*"),
    (Act.STOP, "FILL*", "leave", "me|us", "alone", "FILL*"),
    (Act.STOP, "FILL*", "i|we", "no longer|dont|do not|ive stopped|stopped",
     "work|working|do|doing|lead|leading|deal|dealing", "on|with?", "this|that|these|it", "FILL*"),
    (Act.STOP, "FILL*", "someone|somebody", "else", "does|leads|has|deals with|looks after",
     "this|that|these|it|them", "FILL*"),
    (Act.STOP, "FILL*", "send", "these|this|them", "to", "my|someone|somebody|another", "_", "_?", "_?", "FILL*"),
    # gone for good
    (Act.LEFT, "FILL|ME|THANKS|SORRY*", "GONE|GOES", "FILL*", "POSTN", "in|FILL|DAY|NOMORE*"),
    (Act.LEFT, "FILL|ME|THANKS|SORRY*", "out of|done with|off out of|away from", "this|the|my",
     "job|post|role|position", "DAY|FILL|NOMORE*"),
    (Act.LEFT, "FILL|THANKS|SORRY*", "i|im|ive|i have|i am|ill be", "GONE", "in|FILL|DAY|NOMORE*"),
    (Act.LEFT, "FILL|THANKS|SORRY*", "i|im|ive|i have|i am|ill be", "GOES", "FILL*", "DAY", "FILL|NOMORE*"),
    (Act.LEFT, "FILL|DAY|THANKS*", "my|our", "last", "day", "FILL|DAY|with|as|NOMORE|POSTN*"),
    (Act.LEFT, "FILL|GREET|ME*", "moved|moving|gone|going|transferred|transferring", "to|into|across to",
     "another|a|a different|a new|new|different", "new?", "POSTN", "NOMORE|FILL|DAY|POSTN*"),
    (Act.LEFT, "FILL*", "ive|i|have|got|a|starting*", "new job|new post|new role|another job", "FILL|DAY|POSTN*"),
    (Act.LEFT, "FILL|GREET|ME*", "no longer|not|dont|do not",
     "in|work|hold|do|lead|with|at|working|doing|have|head|employed|manage", "the|that|my|for|in|at|as|FILL*",
     "POSTN", "NOMORE|FILL|DAY|POSTN*"),
    (Act.LEFT, "_", "_?", "_?", "TAKES", "SUCCESS*"),
    (Act.LEFT, "_", "_?", "_?", "TAKES", "SUCCESS*", "as", "_?", "_?", "_?", "SUCCESS*"),
    (Act.LEFT, "FILL|GREET|ME|THANKS*", "moved|transferred|moving|transferring", "over|across?", "to|into", "_", "_?",
     "_?", "from|on|since?", "DAY", "FILL|NOMORE*"),
    (Act.LEFT, "_", "_?", "_?", "starts|started|starting", "SUCCESS*", "as", "SUCCESS*"),
    # away
    (Act.AWAY, "FILL|SORRY|GREET*", "my|our*", "leave|hols|holiday|holidays|annual leave|half term|school holidays",
     "on|from|is|are|booked*", "DAY", "WHILE|DAY*"),
    (Act.AWAY, "FILL|SORRY|GREET*", "taking|having|got?", "DAY|half term|the week|the school holidays", "off",
     "WHILE|DAY|FILL*"),
    (Act.AWAY, "FILL|SORRY|GREET*", "AMV*", "AWAYV", "AWAYV|WHILE|DAY|FILL|PERIOD*"),
    (Act.AWAY, "FILL|SORRY*", "AMV*", "on secondment|seconded|on loan|on detachment|posted", "to|at?", "_?", "_?",
     "DAY", "FILL*"),
    (Act.AWAY, "FILL|SORRY*", "AMV*", "in|at|off to|visiting", "_", "_?", "_?", "UNTIL", "WHILE|FILL*"),
    (Act.AWAY, "FILL|SORRY*", "AMV*", "a?", "VISIT", "appointment|op|visit|date|day?", "FILL*", "DAY",
     "WHILE|FILL|AWAYV*"),
    (Act.AWAY, "FILL*", "back|returning|return|back in|back at work|back on|i return|im back", "DAY", "FILL|WHILE*"),
    (Act.AWAY, "FILL*", "UNTIL", "FILL|LUCK*"),
    (Act.BACK, "FILL|THANKS*", "BACKV", "FILL|LATER*"),
    (Act.BACK, "FILL*", "MISS", "FILL|LATER*"),
    # may it come later
    (Act.WAIT, "FILL*", "can|could|would|will|may|is", "it|this|these|that|they", "ok|okay|possible?",
     "wait|come|be|follow", "if|to|late|a|bit|later|for|UNTIL|until|till|DAY|her|him|them|me|us|then|FILL*"),
    (Act.BY_DAY, "FILL|ACK|SORRY*", "leave|leaving", "it|this|that|them|these", "with|to", "me|us",
     "FILL|LATER|DAY*"),
    (Act.BY_DAY, "FILL|ACK|SORRY*", "ME?", "WILL", "WILL*", "DO", "THING|DO|LATER|FILL|DAY*"),
    (Act.BY_DAY, "FILL|ACK|SORRY*", "ME?", "WILL", "WILL*", "DO", "THING|DO|LATER|FILL*", "WHENEVER", "_?", "_?",
     "_?", "_?", "DAY", "FILL*"),
    (Act.BY_DAY, "FILL*", "by?", "DAY", "FILL|promise|i promise|promised|latest|at the latest|cross my heart*"),
    (Act.BY_DAY, "FILL|can|could|will|would|you*", "remind|nudge|ask|chase|ping|prod", "me|us",
     "again|back|THING|OWN|FILL*", "on|in?", "DAY", "FILL*"),
    (Act.WAIT, "FILL*", "is|would|will|does", "DAY",
     "ok|okay|alright|too late|do|work|fine|all right|acceptable|soon enough", "FILL*"),
)  # fmt: skip
