"""Find what machines and custom put around the words of a mail: notices, a telephone's last line, rules, a greeting.

A line goes only where a closed set of phrases says what it is; "CAUTION: ice on school routes" and "Sent from the depot
on Tuesday" stay.
"""

from itertools import pairwise

from handlers.reading.written_lines import Furniture, WrittenLine, own, phrases_of, split_off, words_of

_MAIL = ("email", "e-mail", "message", "communication", "transmission")
_CAME = ("originated", "came from", "was sent from", "has come from", "verify", "use caution", "opening attachments")
_SELDOM = phrases_of(
    "you don't often get email from|you don't usually get email from|some people who received this message",
)
_PICTURES = ("[cid:", "[image", "[logo", "<image", "[cid_")
_LABELS = words_of(
    "external|external email|external e-mail|external sender|external message|official|unclassified|restricted",
    "official sensitive|official - sensitive|official-sensitive|not protectively marked",
)
_MARKINGS = ("classification:", "sensitivity:", "protective marking:", "security marking:")

_BEGINS = phrases_of(
    "this e|this m|this communication|this transmission|the information|the content|confidential|disclaimer",
    "legal disclaimer|if you|any views|any opinions|any unauth|any review|the views|email|e-mail|unless|important",
    "all e|warning|copyright|mae'r neges|mae'r e|the sender|under the|we cannot|we may",
)
_SURE = phrases_of(
    "not the intended recipient|not the named addressee|not the addressee|in error please|in error, please",
    "in error and|solely for the use of|intended solely for|intended only for the|only for the use of the",
    "solely for the addressee|may be legally privileged|confidentiality notice:|disclaimer:|yn gyfrinachol",
    "views expressed|opinions expressed|do not necessarily represent|do not necessarily reflect",
)
_LIKELY = phrases_of(
    "delete|confidential|virus|monitor|disclosure|privileged|liability|unauthorised|unauthorized|scanned"
)
"""With a word for a mail these make a notice of what begins like one: "This e-mail is confidential"."""
_GOES_ON = (
    *_LIKELY,
    *phrases_of("recipient|addressee|attachment|sender|copy|distribut|views|opinions|the council|please visit"),
)
_PRINTING = phrases_of("please consider|please think|think before|consider the environment|save paper|please do not")
_PRINTED = (*_MAIL, "environment", "paper", "tree", "planet")
_WRAPPED = 60
"""Characters from which a line goes on in the next one."""
_MOST_WRAPPED = 3

_DEVICE_BEGINS = phrases_of(
    "sent from|sent via|sent using|get outlook for|anfonwyd o|sent on the move|download outlook for",
)
_DEVICE = words_of(
    "iphone|ipad|phone|mobile|android|ios|outlook|mail|samsung|galaxy|blackberry|huawei|windows|device|handset",
    "tablet|proton|yahoo|gmail|owa|nokia|htc|xperia|pixel|smartphone|cell|ffôn|symudol|teams|boxer|workspace|aol",
    "email|e-mail|computer|laptop",
)
_DEVICE_MORE = words_of(
    "my|a|an|our|the|from|for|on|via|using|fy|wireless|10|11|5g|4g|vodafone|o2|ee|three|bt|verizon|giffgaff",
    "network|work|app|one|please|desktop|mac|s",
)
_EXCUSES = ("please excuse", "excuse", "apologies for", "sorry for", "please forgive")

_GREETS = words_of("hi|hello|hey|hiya|dear|helo|annwyl|greetings|all|team|colleagues|everyone")
_GREETS_DAY = words_of("morning|afternoon|evening|day|bore|prynhawn|noswaith|pob")
_GREETED = words_of(
    "all|both|everyone|everybody|team|colleagues|there|folks|again|sir|madam|or|and|good|da|hwyl|bawb|gyfeillion",
    "to|you|friends|ladies|gentlemen|board|members",
)
_GREETING_ENDS = (",", "!", " -", " –", " —")
_LONGEST_GREETING = 30
_MOST_GREETED = 6
_SHORTEST = 8
"""Characters of the shortest notice: "OFFICIAL"."""
_RULE = set("-_=*~#+|: —–")


def take_notices(lines: list[WrittenLine]) -> None:
    """Take out rules, banners, a telephone's last line and paragraphs about the mail itself."""
    for line in own(lines):
        if _RULE.issuperset(line.words):
            line.taken = Furniture.RULE if len(line.words) > 2 else None
        elif len(line.words) < _SHORTEST:
            continue
        elif _is_banner(line):
            line.taken = Furniture.BANNER
        elif is_device(line.folded):
            line.taken = Furniture.DEVICE
        else:
            amid = max(line.words.rfind(" Sent from "), line.words.rfind(" Get Outlook for "))
            if amid >= 0 and is_device(line.folded[amid + 1 :]):
                split_off(lines, line, amid + 1).taken = Furniture.DEVICE
    for line, after in pairwise(lines):
        after.gap = after.gap or (line.gap and line.taken in (Furniture.BANNER, Furniture.RULE))
    _disclaimers(own(lines))


def take_greeting(lines: list[WrittenLine]) -> None:
    """Take out lines of greeting at the head of further words: "Hi Jane,", "Dear all"."""
    for line in own(lines)[:-1]:
        if not _greets(line):
            return
        line.taken = Furniture.GREETING


def without_greeting(words: str) -> str:
    """Return words without the greeting that begins their first line: "Hi Jane, healthy-5 is green".

    Must not read: "all, on track"; what is written in capitals throughout greets nobody by name.
    """
    ends = [at for mark in _GREETING_ENDS if 0 < (at := words.find(mark)) < _LONGEST_GREETING]
    if not ends:
        return words
    at = min(ends) + 1
    head, rest = words[:at].rstrip(" -–—"), words[at:].lstrip(" -–—,!")
    shouted = words.isupper() and not all(word.lower() in _GREETED for word in head.rstrip(",!").split()[1:])
    greets = head[:3].lower() != "all" and _greets(WrittenLine(head, head.lower(), gap=False))
    return rest if rest and greets and not shouted else words


def is_device(folded: str) -> bool:
    """Return whether a line is what a telephone or a program adds by itself: "Sent from my iPhone"."""
    if not folded.startswith(_DEVICE_BEGINS):
        return False
    bare = folded.partition("<")[0].partition("(http")[0].partition("http")[0]
    excuse = min((at for one in _EXCUSES if (at := bare.find(one)) >= 0), default=len(bare))
    said = bare[:excuse].rstrip(" .,!;-").removesuffix(" so")
    begins = next(one for one in _DEVICE_BEGINS if said.startswith(one))
    words = said.removeprefix(begins).replace("'", " ").split()
    whole = {*words, *begins.split()}
    return bool(whole & _DEVICE) and set(words) <= _DEVICE | _DEVICE_MORE


def _is_banner(line: WrittenLine) -> bool:
    folded = line.folded
    bare = folded.strip(" []*-:.<>!#")
    for marking in _MARKINGS:
        bare = bare.removeprefix(marking).strip()
    if bare in _LABELS:
        return line.words.upper() == line.words or bare != folded or " " in bare
    if folded.startswith(_SELDOM) or (folded.startswith(_PICTURES) and folded.endswith(("]", ">"))):
        return True
    if "outside" in folded or "external" in folded:
        return any(word in folded for word in _CAME) and any(word in folded for word in _MAIL)
    return "do not click" in folded and ("links" in folded or "attachments" in folded)


def _disclaimers(lines: list[WrittenLine]) -> None:
    """Take out lines that begin like a notice and say what only a notice says, and those that go on with it."""
    within = False
    for at, line in enumerate(lines):
        wraps = within and not line.gap and len(lines[at - 1].words) >= _WRAPPED
        within = _is_notice(lines, at) or (wraps or (within and any(word in line.folded for word in _GOES_ON)))
        if within:
            line.taken = Furniture.DISCLAIMER


def _is_notice(lines: list[WrittenLine], at: int) -> bool:
    folded = lines[at].folded.lstrip(" *")
    if folded.startswith(_PRINTING) and "print" in folded and any(word in folded for word in _PRINTED):
        return True
    if not folded.startswith(_BEGINS):
        return False
    more = [line.folded for line in lines[at : at + _MOST_WRAPPED] if line is lines[at] or not line.gap]
    whole = " ".join(more)
    mail = any(word in folded for word in _MAIL) and any(word in folded for word in _LIKELY)
    return mail or any(phrase in whole for phrase in _SURE)


def _greets(line: WrittenLine) -> bool:
    words = line.words.strip(" ,.!:-").replace(",", " ").split()
    if not words or len(words) > _MOST_GREETED:
        return False
    first, rest = words[0].lower(), words[1:]
    if first == "good" and rest and rest[0].lower() in _GREETS_DAY:
        first, rest = rest[0].lower(), rest[1:]
        named = True
    else:
        named = first in _GREETS
    audience = all(word.lower().strip(".") in _GREETED for word in rest)
    if first in _GREETS_DAY and (audience or named or line.words.rstrip().endswith((",", "!"))):
        return audience or _names(rest)
    return first in _GREETS and (audience or _names(rest))


def _names(words: list[str]) -> bool:
    """Return whether each word is written as a name, or is one that greets."""
    return all(word[:1].isupper() or word.lower() in _GREETED for word in words)
