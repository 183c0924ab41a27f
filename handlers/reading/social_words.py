"""The small words of social acts, by what they do in a clause: each class a closed list, "|" between its phrases.

Apostrophes and hyphens are left out, as people leave them out: "im", "e mail".

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

CLASSES: dict[str, str] = {
    "GREET": "hi|hello|hey|hiya|dear|morning|good morning|afternoon|good afternoon|evening|good evening|greetings",
    "THANKS": (
        "thanks|thank you|thankyou|many thanks|ta|ta very much|cheers|thx|tx|ty|much appreciated|appreciated|"
        "appreciate it|grateful|diolch|diolch yn fawr|merci|danke|gracias|dziękuję|dzieki|shukran|obrigado|grazie|"
        "mulțumesc"
    ),
    "PRAISE": (
        "great|good|perfect|lovely|brilliant|excellent|super|fab|fabulous|fantastic|cool|nice|nice one|well done|"
        "amazing|wonderful|awesome|ace|smashing|great stuff|good stuff|good work|great work|nice work|good job|"
        "great job|good one|champion|superb|marvellous|love it|love this"
    ),
    "PRAISED": (
        "stuff|work|job|one|bot|tool|idea|meeting|effort|everyone|all|team|day|session|weekend|week|reminder|robot"
    ),
    "ACK": (
        "ok|okay|okey dokey|okey doke|okie dokie|okay dokey|k|kk|noted|received|duly noted|got it|got this|got them|"
        "got that|seen|seen this|understood|roger|sure|of course|no problem|no worries|no probs|np|fair enough|right|"
        "right o|righto|right you are|yes|yep|yup|yeah|aye|all good|all received|with thanks|makes sense|"
        "youre welcome|welcome|fyi|happy to|very good|will do|will do that|i will|ill do that|we will|can do|"
        "sounds good|good to know|agreed then"
    ),
    "BYE": (
        "bye|see you|see ya|cya|speak soon|speak later|talk soon|take care|all the best|best wishes|best|regards|"
        "kind regards|warm regards|yours|yours sincerely|have a good|have a great|have a nice|have a lovely|enjoy|"
        "happy birthday|happy christmas|merry christmas|happy new year|happy easter|happy friday|happy monday|"
        "eid mubarak|congratulations|congrats|good luck|nos da|good night|night"
    ),
    "LAUGH": "lol|haha|hahaha|ha|ha ha|lmao|rofl|phew|wow|oh|ooh|eh|ah|aha|hm|hmm|oops|whoops|ouch|yay|woohoo|hooray",
    "SORRY": (
        "sorry|so sorry|really sorry|very sorry|apologies|many apologies|my apologies|apols|soz|pardon|oh sorry|"
        "im sorry|i am sorry|im so sorry|i apologise|please accept my apologies|forgive me|mea culpa|my bad|my fault|"
        "my mistake"
    ),
    "FILL": (
        "so|very|much|very much|a|lot|really|again|all|everyone|everybody|team|both|folks|guys|colleagues|you|ya|"
        "please|pls|for|the|this|that|these|it|too|now|then|just|oh|and|to|at last|soon|later|your|my|of|here|there|"
        "from|on|in|at|with|thats|its|is|anyway|everyone here|tbh|honestly|well|x|xx|im|afraid|actually|still|me|us|"
        "let you know|letting you know|let you all know|to say|quick note|heads up|fyi|by the way|btw"
    ),
    "KIND": (
        "reminder|reminders|nudge|update|updates|help|message|messages|note|patience|prompt|heads up|email|info|"
        "information|letting me know|letting us know|chasing|asking|getting in touch|checking|support|quick reply|"
        "reply|everything|coming back|getting back|invite|understanding|kind words|sharing|flagging|explaining|"
        "clarifying"
    ),
    "WELLBEING": (
        "had|have|has|having|are|is|a|an|good|nice|lovely|great|restful|weekend|week|holiday|break|summer|easter|"
        "christmas|well|ok|okay|keeping|finds|find|you|youre|better|feeling|enjoyed|the|your|time|day|evening|all|"
        "this|email|message|are well|everyone|everything"
    ),
    "YOU": "you|u|ya|youve|you have|you all|youre",
    "WHOEVER": "whoever|who|the person|whoever it was|the bot|the team|those",
    "ME": (
        "i|we|ive|weve|im|we have|i have|i am|we are|my team|our team|my office|our office|the office|my deputy|"
        "my manager|my boss|my colleague|one of us|the team"
    ),
    "WILL": (
        "will|ill|shall|can|let me|let us|lets me|going to|gonna|need to|have to|must|just need to|about to|"
        "am going to|are going to|should|promise to|intend to|aim to|try to|just"
    ),
    "DO": (
        "do|look|look at|look into|take a look|take a look at|have a look|have a look at|"
        "have a proper look|have a good look|have a quick look|see to|get to|get onto|"
        "get on to|get on|get round to|get back|get back to|get back on|sort|sort out|deal with|attend to|pick up|"
        "pick|check|check on|check and|chase|chase up|follow up|follow up on|action|send|respond|respond to|reply|"
        "reply to|answer|come back|come back to|come back on|write|write up|update|fill in|submit|provide|find out|"
        "return to|return|circle back|let you know|let you have|make sure|get|crack on with|crack on|start on|"
        "be in touch|work on|put together|dig out|think about|read|read through|go through|catch up|catch up with|"
        "catch up on"
    ),
    "STARTS": (
        "look|look at|look into|take a look|take a look at|have a look|have a look at|"
        "have a proper look|have a good look|have a quick look|get to|get onto|get on to|"
        "get round to|sit down with|think about|make a start|make a start on|start on|crack on with|read|read through"
    ),
    "ASK": (
        "ask|check with|speak to|speak with|talk to|consult|double check with|liaise with|run past|ring|call|email|"
        "chase|find|get"
    ),
    "THING": (
        "it|this|that|these|those|them|you|one|something|an update|my update|the update|a reply|an answer|my answer|"
        "everything|up|over|out|on|this one|that one|these ones|all of them|all these|all this|back|an email|a line|"
        "the answer|the details|the detail|details|what you need|them all|it all|my response|a response|things|ours|"
        "mine|both"
    ),
    "LATER": (
        "in a min|in a sec|in a tick|in a jiffy|in an hour|in half an hour|"
        "later|soon|shortly|asap|a s a p|straight away|right away|right now|now|in a bit|in a minute|in a mo|"
        "in a moment|in due course|when i can|as soon as i can|as soon as possible|at some point|next|first|"
        "first thing|this end|later on|presently|please|thanks|sorry|to you|with you|for you|before long|"
        "when possible|promptly|tonight|over lunch|after lunch|this afternoon|this morning|today|tomorrow|this week|"
        "later this week|later today"
    ),
    "WHENEVER": "when|once|as soon as|after|until|if|whenever|before",
    "BUSY": (
        "busy|swamped|snowed under|flat out|manic|mad|hectic|bedlam|chaos|chaotic|crazy|mental|inundated|overwhelmed|"
        "rushed off my feet|run off my feet|up to my eyes|tied up|stuck in meetings|in meetings|"
        "in back to back meetings|snowed|stretched|short staffed|under pressure|frantic|nuts|carnage|mayhem|"
        "a nightmare|a madhouse|full on|firefighting"
    ),
    "NOTHAD": (
        "not had|havent had|have not had|hardly had|barely had|never had|couldnt find|cant find|couldnt get|no|without"
    ),
    "MOMENT": "minute|second|moment|sec|mo|breather|spare minute|free minute|spare moment|free moment|time|chance",
    "LUCK": "with luck|with any luck|all being well|hopefully|fingers crossed|touch wood|god willing|hope|i hope",
    "UNWELL": (
        "off|off sick|ill|sick|unwell|poorly|away|on leave|on holiday|in hospital|off work|out of the office|"
        "under the weather|laid up|signed off|off ill|out|isolating|on a course|travelling"
    ),
    "MADADJ": (
        "mad|busy|crazy|hectic|manic|nightmare|terrible|awful|horrendous|frantic|difficult|tough|chaotic|bad|"
        "horrible|rotten|rough|shocking|full on|mental"
    ),
    "FROM": "from me|from us|in advance",
    "CANNOT": (
        "cant|cannot|can not|wont|will not|wont be able to|will not be able to|not able to|unable to|im unable to|"
        "not going to be able to|will be unable to|not going to|im not able to|im not going to|wont be"
    ),
    "ATTEND": (
        "make|make it to|come to|come|attend|be at|be in|get to|get along to|join|chair|be coming to|be there for|at"
    ),
    "MEETW": (
        "DAY|meeting|board|meetings|panel|committee|partnership|hwb|next|one|january|february|march|april|may|june|"
        "july|august|september|sept|october|oct|november|nov|december|dec"
    ),
    "WAY": (
        "email|emails|emailed|e mail|mail|mailed|letter|phone|phoned|telephone|rang|text|texted|teams|report|reports|"
        "return|form|spreadsheet|slides|document|meeting|verbally|post|post it|attachment|minutes|voicemail|whatsapp"
    ),
    "URGENT": (
        "if|is|its|urgent|matters|queries|anything|something|in my absence|in my place|while im away|meanwhile|"
        "in the meantime|emergency|emergencies|needs|attention|an answer|to be"
    ),
    "PERIOD": "week|weeks|month|day|days|time|fortnight|morning|afternoon|term|period|few days|few weeks|summer|start",
    "DEGREE": (
        "so|very|really|absolutely|completely|totally|a|an|bit|of|just|rather|quite|pretty|utterly|been|its|it|is|"
        "was|here|again|ive|had|has|have|such|what|one|those|all|i|we|weve|at the moment|lately|recently|right now|"
        "too|as always"
    ),
    "BEENV": (
        "been|ive been|have been|i have been|weve been|we have been|was|i was|were|its been|it has been|had to be|"
        "i had to be"
    ),
    "BEV": (
        "its|it is|im|i am|we are|things are|everything is|been|ive been|have been|weve been|its been|it has been|"
        "was|is|it was|all"
    ),
    "SEEN": (
        "seen|read|noticed|spotted|opened|got|found|picked up|received|clocked|picked|missed|overlooked|forgot|"
        "forgot about|forgotten|forgotten about"
    ),
    "MACHINE": (
        "laptop|my laptop|computer|my computer|pc|my pc|wifi|the wifi|internet|the internet|broadband|outlook|"
        "my email|email|emails|my phone|phone|the system|system|systems|the network|network|vpn|slack|teams|it|"
        "my vpn|my broadband|printer|my account|server|the server"
    ),
    "BROKEN": (
        "died|crashed|down|broken|broke|playing up|not working|frozen|froze|kaput|packed up|on the blink|has died|"
        "is down|are down|was down|were down|is broken|isnt working|wasnt working|has crashed|gave up|locked me out|"
        "failed"
    ),
    "NOUPDATE": (
        "no update|no updates|nothing from me|nothing from us|no report|no return|no answer|no reply|"
        "nothing this time|cant update|cant give an update|havent got an update|dont have an update|have no update|"
        "havent done an update|not done an update|not got an update"
    ),
    "WRITING": "writing up|writing|typing up|typing|finishing|deciphering|drafting|transcribing",
    "WRITTEN": (
        "in|done|ready|typed|typed up|written up|written|finished|recorded|finish|do|type up|write up|type|drafted"
    ),
    "RECORDS": "outcomes|minutes|notes|decisions|handwriting|my handwriting|my own handwriting|scribbles",
    "PART": (
        "this month|this time|today|this week|from me|from us|yet|this quarter|for now|at the moment|this meeting|"
        "either"
    ),
    "SAKE": "gods|goodness|goodness gracious|heavens|petes|christs|pitys|fcks|fucks|flips",
    "CROSS": (
        "ffs|omg|oh god|oh my god|good grief|give it a rest|give me a break|give over|not again|seriously|"
        "unbelievable|ridiculous|this is ridiculous|what a joke|give me strength|bloody hell|flipping heck|"
        "oh come on|come on|i give up|enough already|groan|sigh|argh|aargh|grr|change the record|get a life|do one|"
        "sod off|whatever|thanks for nothing"
    ),
    "HUMAN": (
        "person|human|robot|bot|machine|computer|ai|chatbot|real person|human being|real human|automated|automatic|"
        "real|real bot|an ai|chat bot|actual person|actual human|somebody|someone|algorithm|program|live person"
    ),
    "BEQ": "is|are|am|was",
    "BOTQ": (
        "this|you|it|that|there|i|talking|speaking|writing|chatting|to|with|a|an|just|just a|or|and|not|really|here|"
        "actual|anybody|at the other end|reading|even|thing|the"
    ),
    "WHENQ": (
        "when|whens|by when|what date|what day|how soon|how long|until when|what time|how quickly|what day do|date"
    ),
    "QFILL": (
        "do|does|did|is|are|am|have|has|you|i|we|to|it|this|that|these|those|them|an|the|my|our|your|update|updates|"
        "answer|answers|reply|response|from|me|us|be|by|for|back|in|on|exactly|else|please|actually|would|should|"
        "will|shall|can|got|again|about|sorry|hi|ok|and|so|all|one|ones|REF|of|like|here|there|with|now|these ones|"
        "these updates|need|want|say|write|said|before|on earth|then|just|roughly|just remind me|remind me|"
        "everything|anything|info|information"
    ),
    "NEEDV": (
        "need|needs|needed|want|wanted|wants|require|required|expected|expect|respond|reply|answer|submit|have|by"
    ),
    "CUTOFF": (
        "deadline|the deadline|cut off|cutoff|the cut off|the cutoff|closing date|the closing date|last day|"
        "the last day|due date for this|last date|the latest|time limit"
    ),
    "OWN": (
        "this|it|these|updates|the update|my update|an update|the updates|our update|my answer|my reply|the answer|"
        "the reply|everything|this one|that|them|my return|the return|our return|all this|your update|they"
    ),
    "DUEV": "due|due in|due by|due back|needed|wanted|required|expected|have to be in",
    "WHATQ": "what|whats|what exactly|what kind of thing|what sort of thing|what on earth|how much|what else",
    "SAYV": "say|write|put|want|need|after|looking for|expect|send|want me to say|put down|type|wanting|be saying",
    "SIZE": (
        "long|short|full|brief|detailed|proper|quick|big|simple|one line|line|sentence|few words|paragraph|report|"
        "essay|version|one|long one|short one|couple of lines|lot|few lines|summary|numbers|figures|narrative|just|"
        "or|a|an|the|detail|much detail"
    ),
    "NOBODY": (
        "nobody|noone|no one|none of you|you never|you havent|you didnt|no one ever|nobody ever|i wasnt|we werent|"
        "i was never|we were never|i was not|i havent been|never been"
    ),
    "TOLDV": (
        "told|tell|informed|said to|asked|mentioned|mentioned to|consulted|warned|notified|let|spoke to|spoken to|"
        "advised"
    ),
    "MINE": (
        "mine|ours|me|us|my|our|i|we|my action|one of ours|one of mine|down to me|down to us|my job|our job|for me|"
        "my responsibility|our responsibility|responsible|with me|with us|the lead"
    ),
    "TELL": (
        "told|replied|answered|responded|sent|emailed|e mailed|mailed|submitted|reported|gave|said|explained|covered|"
        "provided|updated|filled in|filled|written|wrote|done|did|given|messaged|returned|rang|phoned|sent in|put in"
    ),
    "ANSWERED": "replied|responded|answered|emailed|e mailed|mailed|wrote back|written back|submitted|sent",
    "PAPER": (
        "email|e mail|mail|emails|report|reports|return|letter|answer|update|reply|message|response|submission|form|"
        "template|note|paper|highlight report|monthly report|last one|previous one|previous answer|previous update|"
        "spreadsheet|minutes|slides|document|attachment"
    ),
    "SEE": (
        "see|read|refer to|refer back to|as per|look at|check|use|please see|please read|pls see|please refer to|"
        "look in|go by|go back to|its in|it is in|it was in|was in|it was all in|its all in|all in|it is all in|"
        "thats in|this was in|this is in|that was in|covered in|contained in|you have|youve got|you already have|"
        "you have had|youve had|you got|you will find it in|youll find it in|in|they are in|they are all in|theyre in"
    ),
    "WHOSE": (
        "my|our|the|that|last|previous|latest|recent|august|july|june|monthly|quarterly|earlier|a|an|own|most recent"
    ),
    "BYWAY": "by|via|through|over|on|in|to|at|with|from|per",
    "PASSV": (
        "passed|passing|pass|forwarded|forwarding|forward|handed|handing|sent|sending|delegated|delegating|"
        "redirected|redirecting|passed on|passing on|sent on|sending on|bounced|referred|referring|given|reassigned|"
        "copied|forwarded on|escalated|assigned"
    ),
    "HAVE": "have|ive|weve|im|i|we|am|i have|we have|just|now|will|ill|well|has been|being|was|been|ive just|had|is",
    "OVER": "to|on to|over to|onto|along to|on over to|for",
    "INSIDE": "my|our",
    "COLLEAGUE": (
        "analyst|deputy|officer|team|colleague|colleagues|assistant|contact officer|support officer|pa|office|staff|"
        "admin|project officer|policy officer|business support|data team|data officer|lead officer|secretary"
    ),
    "CANYOU": (
        "can you|could you|would you|will you|please can you|can u|over to you|please|pls|you ok to|are you able to|"
        "can|could"
    ),
    "TAKE": (
        "pick up|pick|take|take on|handle|cover|deal with|answer|do|respond to|respond|reply to|reply|look at|action|"
        "sort|sort out|own|update|advise|help with|help|see to"
    ),
    "STOPV": "stop|cease|quit|enough of|no more of|no more|enough|less of",
    "SENDING": (
        "sending|emailing|e mailing|messaging|asking|chasing|pestering|nagging|bugging|reminding|bothering|harassing|"
        "writing|contacting|spamming|hassling|hounding|badgering|pinging|mailing|texting|send|email|message|ask|"
        "chase|remind|bother|contact|writing to|write to|these|this|the|reminders|messages|emails|notifications|it|"
        "all|that|me|us|with|about|again|now|please|so|many|any|more|such|at once|immediately|for good|altogether|"
        "so many|every week|every day|this stuff|of|to|will you|would you|sent|bombarding|nudges|pings|spam|nonsense"
    ),
    "OFFV": (
        "unsubscribe|opt out|stop these|stop this|turn this off|turn these off|switch this off|switch these off|"
        "get off this list|come off this list|get off this|mute this|mute these"
    ),
    "DONTV": (
        "dont|do not|never|no longer|please dont|stop|i dont want|i do not want|i no longer want|i dont want any|"
        "i dont need|cant you stop|can you stop|could you stop|would you stop|please stop|can you please stop|"
        "i want you to stop"
    ),
    "OFTEN": "too many|way too many|so many|far too many",
    "NOTE": "messages|emails|reminders|notifications|pings|nudges|of these|of them|updates wanted|requests",
    "RINGV": "ring|call|phone|telephone|buzz|bell|give a ring|facetime|speak to|talk to|chat to|speak with|talk with",
    "RINGN": (
        "ring|call|bell|buzz|shout|tinkle|phone call|quick call|quick ring|quick bell|bell back|call back|ring back"
    ),
    "SOMEONE": "someone|somebody|anyone|anybody|you|one of you|a human|a person|the secretary|a real person",
    "EMAILV": "email|e mail|mail|write to|contact|send to|message|text|ring|phone",
    "ONLY": (
        "only|just|instead|from now on|in future|please|by email|by e mail|by phone|on teams|direct|directly|rather|"
        "from here on|going forward|at work|at my work address"
    ),
    "CHANNEL": (
        "slack|this|this app|this thing|this channel|these|here|emails|email|messages|mail|my messages|my emails|"
        "teams|anything|my phone|this inbox|inbox"
    ),
    "HABITV": "work|open|check|read|look at|use|do|do work|look|check my|have access to|get|answer",
    "DONT": "dont|do not|never|cant|cannot|wont|will not|no longer",
    "GONE": (
        "retire|retired|retiring|moved on|moved jobs|moved posts|moved teams|moving on|resigned|quit|made redundant|"
        "been made redundant|stepped down|stepping down|changed jobs|changing jobs|changed roles|moved roles|"
        "switched teams|moved to another job"
    ),
    "GOES": "left|leave|leaving|finish|finished|finishing",
    "POSTN": (
        "council|trust|organisation|post|role|job|team|company|school|charity|nhs|service|department|authority|"
        "position|ccg|police|forum|here|this role|this post|this job|this position|the council|the trust|sefton"
    ),
    "NOMORE": "any more|anymore|now|any longer|since|these days|last|week|month|year|on|from|in|of|the|at|my|our|for",
    "TAKES": (
        "takes over|has taken over|have taken over|is taking over|took over|taking over|will take over|taken over|"
        "replaces me|has replaced me|replaced me|does my job|does this now|does it now|has my job|has my old job|"
        "has my post|does my old job|is my successor|is my replacement|is doing my job"
    ),
    "SUCCESS": (
        "now|from|as|of|since|on|in|DAY|my|me|mine|post|role|job|lead|and|the|this|that|for|here|instead|new|who|is|"
        "it|head|forum|manager|officer"
    ),
    "AWAYV": (
        "away|off|off sick|off ill|off work|sick|ill|on leave|on annual leave|annual leave|on sick leave|sick leave|"
        "on maternity leave|maternity leave|on mat leave|mat leave|on paternity leave|paternity leave|"
        "on parental leave|on study leave|on compassionate leave|on holiday|on my holidays|on holidays|on vacation|"
        "on a course|on furlough|furloughed|signed off|out|out of office|out of the office|ooo|al|a l|on al|"
        "on jury service|jury service|on strike|on secondment|in hospital|not in|not here|not around|not working|"
        "not at work|unavailable|not available|on a break|having an operation|out of action|isolating|in quarantine|"
        "working away|abroad|flexi|on flexi|on toil|toil|toil day|day off|a day off|not in the office|taking leave|"
        "taking annual leave|not about|not contactable|uncontactable|off grid|on my hols|on hols|on my holiday|"
        "going on mat leave|going on maternity leave|going on annual leave|going on paternity leave|going off|"
        "having a week off|off on leave|off on holiday|off for|off from|going on leave|going on holiday|"
        "off on maternity leave"
    ),
    "VISIT": "hospital|dentist|doctors|medical|gp|dental|scan|clinic|funeral|operation|interview|training|course",
    "AMV": (
        "i am|im|ill be|i will be|i shall be|we are|well be|we will be|i|ill|will be|am|be|ive|i have|got|have|going|"
        "now|currently|just|both|note|i go|i will|we"
    ),
    "WHILE": (
        "with no signal|without signal|with my family|with family|with the kids|no signal|no wifi|no laptop|then|so|"
        "please note|inclusive|today|tomorrow|this week|next week|all week|all day|all month|again|but|and|no access|"
        "no emails|not checking emails|with limited access|for|a|the|week|weeks|fortnight|two weeks|day|days|until|"
        "back|DAY|from|to|next|at least|further notice|rest|of|couple|few|month|months|ish|or|sadly|unfortunately|im|"
        "afraid|sorry|thanks|please|leave|on|in|off|year|now|myself|til|till|working|not|am|halton|through|covid|"
        "with|flu|knee|back on|as of|as from|effective|starting"
    ),
    "BACKV": (
        "back|back in|back at work|back in the office|im back|i am back|were back|returned|back from leave|"
        "back from holiday|back from my holidays|back at my desk|back online|just back"
    ),
    "MISS": "what did i miss|what have i missed|anything i missed|catch me up|fill me in|whats been happening",
}
