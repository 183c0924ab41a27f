"""Verbs with which the words of an action begin, and which nothing else does: "Arrange detached youth work".

What is a noun as well ("plan", "report", "survey") is none of these: there the words behind it tell.
"""

DEED_VERBS = frozenset(
    (
        "accelerate", "achieve", "adapt", "add", "adopt", "advertise", "advise", "agree", "align", "allocate",
        "analyse", "apply", "appoint", "approve", "arrange", "ask", "assess", "assign", "bring", "build", "buy",
        "cascade", "check", "choose", "circulate", "clarify", "co-ordinate", "collate", "collect", "compare",
        "compile", "complete", "conduct", "confirm", "connect", "consider", "consult", "continue", "convene",
        "coordinate", "create", "decide", "define", "deliver", "describe", "determine", "develop", "discuss",
        "disseminate", "distribute", "embed", "employ", "enable", "encourage", "engage", "enhance", "ensure",
        "enter", "escalate", "establish", "evaluate", "examine", "expand", "explain", "explore", "extend",
        "facilitate", "finalise", "find", "fit", "follow", "formalise", "gather", "get", "give", "hold", "identify",
        "implement", "improve", "include", "inform", "initiate", "install", "introduce", "investigate", "invite",
        "involve", "join", "keep", "launch", "liaise", "maintain", "make", "meet", "mobilise", "negotiate",
        "nominate", "notify", "obtain", "organise", "oversee", "pay", "persuade", "prepare", "procure", "produce",
        "promote", "propose", "provide", "publicise", "publish", "pursue", "put", "raise", "recommend", "reconvene",
        "recruit", "redesign", "reduce", "refresh", "reissue", "relaunch", "remind", "remove", "renew", "replace",
        "resolve", "respond", "restart", "revise", "revisit", "roll", "seek", "sell", "send", "simplify", "speak",
        "spread", "stop", "strengthen", "submit", "suggest", "summarise", "take", "teach", "tell", "translate",
        "undertake", "upload", "widen", "write",
    )
)  # fmt: skip
