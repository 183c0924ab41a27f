"""Find the sign-off and signature at the end of somebody's own words.

A signature is what follows a sign-off or "--", or ends the words and holds a telephone number, an address or a link. A
line in it goes only where it is of a known kind: a name, a post, an office, a place, how to reach somebody. A line that
says anything else stays ("PS healthy-8 is amber"), and so does all of it where nothing else was said.
"""

import re

from handlers.reading.lazy_regex import lazy_regex
from handlers.reading.written_lines import Furniture, WrittenLine, own, phrases_of, split_off, take, words_of

_REGARDS = words_of(
    "regards|kind regards|kindest regards|warm regards|warmest regards|best regards|many regards",
    "with kind regards|with regards|rgds|kr|best wishes|with best wishes|all best wishes|bw|yours sincerely",
    "yours faithfully|yours truly|yours|sincerely|all the best|best|warmly|many thanks and kind regards",
    "thanks and regards|thanks and kind regards|take care|speak soon|cofion|cofion gorau|cofion cynnes",
    "cofion caredig|yn gywir|pob hwyl|hwyl|gyda diolch",
)
_THANKS = words_of(
    "thanks|many thanks|thank you|thanks again|thanks in advance|with thanks|thanks very much|thank you very much",
    "thanks so much|much appreciated|thx|ta|cheers|diolch|diolch yn fawr",
)
"""Thanks end words as often as a mail; they are part of a signature only with a name."""
_SIGN_OFFS = _REGARDS | _THANKS
_FIRST_WORDS = tuple({phrase.split()[0] for phrase in _SIGN_OFFS})
_MOST_SIGN_OFF = max(len(phrase.split()) for phrase in _SIGN_OFFS)
_WITH_COMMA = words_of("best|yours|warmly|hwyl|ta|sincerely|all the best|take care|speak soon|pob hwyl")
"""Before a name on the same line these need a comma: "Best, Jane", not "Best Start"."""
_AMID = lazy_regex(
    r"[.!?,;] (?=(?:[Kk]ind(?:est)? [Rr]egards|Best [Rr]egards|Warm [Rr]egards|Regards|Best [Ww]ishes|Many [Tt]hanks|"
    r"Yours [Ss]incerely|Yours [Ff]aithfully)[, ]+[A-Z])"
)
_FAREWELLS = ("regards", "wishes", "thanks", "yours ")
_OFFICE = words_of(
    "council|nhs|ccg|icb|trust|police|constabulary|school|schools|academy|college|university|directorate",
    "department|dept|service|services|team|board|partnership|ltd|limited|cic|foundation|hospital|association",
    "charity|group|authority|cvs|borough|head|director|manager|officer|lead|commissioner|superintendent|inspector",
    "sergeant|pc|assistant|coordinator|co-ordinator|adviser|advisor|consultant|nurse|worker|principal|headteacher",
    "headmaster|headmistress|chair|cllr|councillor|administrator|executive|chief|deputy|practitioner|analyst",
    "secretary|solicitor|strategist|supervisor|governor|member|pennaeth|cyngor|nyrs|cyfarwyddwr|swyddog|rheolwr",
    "heddlu|ysgol",
)
_PLACE = words_of(
    "house|road|rd|street|st|lane|floor|hall|centre|avenue|building|buildings|way|court|square|place|unit|drive",
    "close|quay|tower|box|room|park|estate|hub",
)
_LABELS = words_of(
    "t|tel|telephone|phone|m|mob|mobile|e|email|e-mail|mail|w|web|website|f|fax|direct|dial|line|dd|ext|extension",
    "office|switchboard|ffôn|ebost|gwefan|a|address|twitter|teams|or|p|d|o|internal|external|work|number",
)
_SMALL = words_of("of|and|the|for|in|to|with|at|on|a|y|yr|i|o|von|de|van|der")
_PHRASES = phrases_of(
    "follow us|find us on|like us on|working days|working hours|working pattern|i work part|non-working day",
    "pronouns|please note that i work|please note i work|my usual working|on behalf of|i do not expect",
    "i don't expect|welcome correspondence in welsh|registered charity no|charity number",
    "registered in england|croesawu gohebiaeth|our ref:|ein cyf",
)
_SLOGAN = words_of(
    "making|working|proud|building|putting|together|improving|keeping|delivering|creating|helping|supporting",
    "serving|caring|transforming|inspiring",
)
_COLOURS = {"green", "amber", "red", "blue"}
_STATUS = words_of(
    "track|done|complete|completed|closed|change|delayed|late|started|issues|verbal|follow|ours|finished|behind",
    "update|agreed|status|rag|yes|no|not",
)
"""A line with one of these is no name; with a colour it is one only right under a farewell ("Kind regards / Amber")."""
_REF = lazy_regex(r"(?<![^\W_])[^\W_]{0,12}[^\W\d_][ -]?[0-9]{1,2}(?![^\W_])")
_PRONOUNS = lazy_regex(r"\(?(?:she|he|they|hi|ef|fe|nhw)/[a-z/]{2,20}\)?", flags=re.IGNORECASE)
_REACHED = lazy_regex(
    r"(?<![^\W_])(?:\+44 ?)?\(?0?\)?[1-9][0-9 ()-]{7,14}[0-9](?![^\W_])|(?<![^\s<(:])[\w.+-]{1,64}@[\w.-]{3,80}"
    r"|(?:https?://|www\.)\S{1,300}|(?<![^\W_])[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}(?![^\W_])"
)
_WRITTEN_OF = lazy_regex(r"(?:https?://|www\.)[^\s/]{1,200}/[^\s>]")
"""A page is what somebody writes of, or evidence; an office's own address in a signature names none."""
_SITES = ("twitter.com", "facebook.com", "linkedin.com", "instagram.com", "youtube.com")
_WORD = lazy_regex(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LONGEST = 160
_MOST_WORDS = 16
_MOST_NAMES = 5
_LEAST_MOTTO = 4

_NAME, _TITLE, _CONTACT, _CARD = 1, 2, 3, 4
"""What a line of a signature is: a name; a post, an office or a place; how to reach somebody; that with a name."""


def take_signatures(lines: list[WrittenLine]) -> None:
    """Take out each sign-off with its signature, and a signature at the end of the writer's own words."""
    others = any(line.taken in (Furniture.QUOTED, Furniture.CODE) for line in lines)
    mine = own(lines)
    if mine:
        _split_last(lines, mine)
        _sign_offs(mine, others)
        left = own(mine)
        _without_sign_off(left, others)
        take([line for line in left if line.words == "--"], Furniture.RULE)


def _split_last(lines: list[WrittenLine], mine: list[WrittenLine]) -> None:
    """Put a farewell that ends the last line on a line of its own: "… all fine. Kind regards Mair Huws"."""
    last = mine[-1]
    if not any(word in last.folded for word in _FAREWELLS):
        return
    amid = next((one for one in _AMID().finditer(last.words) if one.start() > 0), None)
    if amid is None:
        return
    rest = WrittenLine(last.words[amid.end() :], last.folded[amid.end() :], gap=False)
    if _sign_off(rest) and not rest.folded.endswith("?"):
        mine.append(split_off(lines, last, amid.end()))


def _sign_offs(mine: list[WrittenLine], others: bool) -> None:
    """Take out each sign-off with the lines of a signature behind it."""
    at, said = 0, False
    while at < len(mine):
        found = _sign_off(mine[at])
        end = at + 1
        if found and (said or (others and found in _REGARDS)):
            farewell = found in _REGARDS
            end = _signature_end(mine, end, farewell)
            named = mine[at].folded.strip(" ,.!-") != found
            if end > at + 1 or (end == len(mine) and found != "--" and (farewell or named)):
                take(mine[at:end], Furniture.SIGNATURE)
        if mine[at].taken is None:
            said, end = True, at + 1
        at = end


def _sign_off(line: WrittenLine) -> str:
    """Return the words of farewell a line consists of, alone or before a name and what belongs to it; "" for none."""
    folded = line.folded
    if folded in ("--", "-"):
        return "--"
    if not folded.startswith(_FIRST_WORDS):
        return ""
    bare = folded.strip(" ,.!-")
    if bare in _SIGN_OFFS:
        return bare
    words = folded.split(" ", _MOST_SIGN_OFF)
    for count in range(min(_MOST_SIGN_OFF, len(words) - 1), 0, -1):
        typed = " ".join(words[:count])
        phrase = typed.rstrip(",.!-")
        if phrase not in _SIGN_OFFS:
            continue
        rest = line.words[len(typed) :].lstrip(" ,.-")
        behind = WrittenLine(rest, folded[len(folded) - len(rest) :], gap=False)
        whole = _kind(behind, farewell=phrase in _REGARDS)
        return phrase if whole and (typed != phrase or phrase not in _WITH_COMMA) else ""
    return ""


def _signature_end(mine: list[WrittenLine], at: int, farewell: bool) -> int:
    """Return where the lines of a signature end that begin at a place."""
    start, most = at, 0
    while at < len(mine):
        kind = _kind(mine[at], farewell)
        slogan = (most >= _CONTACT and _is_slogan(mine[at])) or (most >= _TITLE and _is_framed(mine[at]))
        if (not kind and not slogan) or (at == start and kind == _CONTACT and not farewell):
            break
        most = max(most, kind)
        at += 1
    return at if farewell or at == len(mine) or at - start < 2 or most > _NAME else start


def _without_sign_off(mine: list[WrittenLine], before: bool) -> None:
    """Take out a signature that ends the words without a farewell: it says how to reach somebody."""
    at, kinds, top_gap = len(mine), list[int](), len(mine)
    while at > 0 and (kind := _kind(mine[at - 1], farewell=False) or _TITLE * _is_slogan(mine[at - 1])):
        at -= 1
        kinds.insert(0, kind)
        top_gap = at if mine[at].gap else top_gap
    for start in (top_gap, at if sum(kind >= _CONTACT for kind in kinds) > 1 else len(mine)):
        said = before or any(line.words != "--" for line in mine[:start])
        if said and _is_signature(mine[start:], kinds[start - at :]):
            take(mine[start:], Furniture.SIGNATURE)
            return


def _is_signature(block: list[WrittenLine], kinds: list[int]) -> bool:
    """Return whether lines without a farewell are a signature: whose it is and how to reach them, or a name and a post.

    A number or a link alone may be what somebody wrote of.
    """
    reached = _CARD in kinds or (_CONTACT in kinds and min(kinds) < _CONTACT)
    named = kinds[:2] == [_NAME, _TITLE] and block[0].gap and " " in block[0].words
    return reached or named


def _kind(line: WrittenLine, farewell: bool) -> int:
    """Return what a line of a signature is; 0 where it may say something else.

    `farewell`: one stands over it, so that a colour may be a name.
    """
    words = line.words
    if len(words) > _LONGEST or not words[:1].strip("•*-"):
        return 0
    if any(phrase in line.folded for phrase in _PHRASES):
        return _TITLE
    if "/" in words and _WRITTEN_OF().search(line.folded) and not any(site in line.folded for site in _SITES):
        return 0
    bare = _PRONOUNS().sub(" ", _REACHED().sub(" ", words)) if any(char in words for char in "/0@w") else words
    reached = bare != words
    typed = _WORD().findall(bare)
    folded = {word.lower().rstrip(".") for word in typed}
    if folded & _STATUS or (not farewell and folded & _COLOURS) or len(typed) > _MOST_WORDS:
        return 0
    placed = bool(folded & _PLACE)
    if not placed and not reached and _REF().search(bare):
        return 0
    office = bool(folded & _OFFICE)
    if not all(_fits(word, reached, placed, office) for word in typed) or (
        typed and not _heads(typed[0], reached, placed)
    ):
        return 0
    if reached:
        return _CARD if len(folded - _LABELS) > 1 and not placed else _CONTACT
    if not typed or ":" in words or words.endswith("?"):
        return 0
    if placed or office:
        return _TITLE
    return _NAME if len(typed) <= _MOST_NAMES and not words.endswith(("!", ".")) else 0


def _fits(word: str, reached: bool, placed: bool, office: bool) -> bool:
    """Return whether a word may stand in a signature: written large, small between such, or a label of a number."""
    low = word.lower()
    if word[0].isdigit():
        return reached or placed or (office and len(word) > 2)
    return word[0].isupper() or low in _SMALL or (reached and low in _LABELS) or (len(word) < 4 and set(low) == {"x"})


def _heads(word: str, reached: bool, placed: bool) -> bool:
    return word[0].isupper() or (reached and word.lower() in _LABELS) or (placed and word[0].isdigit())


def _is_slogan(line: WrittenLine) -> bool:
    """Return whether a line is what an office says of itself under its address: "Making Sefton a great place"."""
    first, _, rest = line.words.partition(" ")
    low = set(_WORD().findall(line.folded))
    if not first[:1].isupper() or first.lower() not in _SLOGAN or len(line.words) > _LONGEST or not rest:
        return False
    return not low & (_STATUS | _COLOURS) and not any(char.isdigit() for char in rest)


def _is_framed(line: WrittenLine) -> bool:
    """Return whether a line stands between two of one mark, as a motto does: "🟢 On track for a greener Sefton 🟢".

    Must not read: a line that names an action, or a status between two marks and nothing else.
    """
    words = line.words.strip()
    first, last = words[:1], words[-1:]
    if first != last or first.isalnum() or first in "\"'“”()" or _REF().search(words):
        return False
    return len(_WORD().findall(words)) >= _LEAST_MOTTO
