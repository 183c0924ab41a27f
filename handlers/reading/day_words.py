"""The words that days are written in, by kind: closed lists, with what stands beside a number that is no day.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

from handlers.reading.normalise import NUMBER_WORDS

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
MONTH_NAMES = tuple(month.lower() for month in MONTHS)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTH_WORDS = {form: n for n, name in enumerate(MONTH_NAMES, start=1) for form in (name, name[:3])} | {"sept": 9}
WEEKDAY_WORDS = {form: n for n, name in enumerate(WEEKDAYS) for form in (name, name[:3])} | {
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
}  # fmt: skip
ALSO_WORDS = frozenset(("may", "march", "mar", "sat", "sun", "mon", "wed", "jan", "april", "june", "august", "dec"))
"""Words or names as well: such a month or weekday, alone in a sentence, is one only after a word that wants a day."""
DAY_WORDS = {
    "today": 0, "tonight": 0, "tomorrow": 1, "tommorow": 1, "tomorow": 1, "tommorrow": 1, "tmrw": 1, "yesterday": -1,
    "todays": 0, "tomorrows": 1, "yesterdays": -1,
}  # fmt: skip
DAY_PARTS = frozenset(
    ("morning", "afternoon", "evening", "night", "lunchtime", "lunch", "noon", "midday", "teatime", "am", "pm")
)
AFTER_DAY = (
    ("dinner", "time"), ("lunch", "time"), ("tea", "time"), ("at", "noon"), ("at", "midday"), ("at", "lunchtime"),
    ("at", "the", "latest"), ("latest",), ("coming",),
)  # fmt: skip
"""What may follow a day and does not change it."""
ORDINAL_MARKS = frozenset(("st", "nd", "rd", "th"))
NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}
NTH_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
             "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
             "twentieth")  # fmt: skip
TENS = {"twenty": 20, "thirty": 30}
UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "wk": 7, "wks": 7, "fortnight": 14, "fortnights": 14}
MONTH_UNITS = {"month": 1, "months": 1, "year": 12, "years": 12}
AMOUNT_WORDS = {word: n for word, n in NUMBER_WORDS.items() if n and not word.endswith(("st", "nd", "rd", "th"))} | {
    "a": 1, "an": 1,
}  # fmt: skip

WANTS_DAY = frozenset(
    (
        "on", "by", "until", "till", "til", "untill", "before", "after", "from", "since", "for", "of", "to", "between",
        "through", "this", "next", "last", "coming", "in", "during", "due", "the",
    )
)  # fmt: skip
"""Words after which a number or a short word is rather a day than not."""
ON_DAY = frozenset(("on", "by", "until", "till", "til", "untill", "before", "after", "since", "due"))
"""Those of them that never stand before "9/10 schools"."""
FROM_WORDS = (
    ("with", "effect", "from"), ("effective", "from"), ("as", "from"), ("as", "of"),
    ("from",), ("starting",), ("beginning",), ("commencing",), ("wef",),
)  # fmt: skip
UNTIL_WORDS = (("up", "to", "and", "including"), ("up", "to"), ("until",), ("untill",), ("till",), ("til",))
TO_WORDS = (*UNTIL_WORDS, ("to",), ("through",), ("-",))
NUMBERED = frozenset(
    (
        "minute", "minutes", "min", "item", "version", "v", "section", "para", "paragraph", "page", "pages", "ref",
        "no", "number", "appendix", "figure", "table", "priority", "priorities", "action", "room", "age", "aged",
        "ages", "year", "years", "phase", "part", "step", "ratio", "score", "grade", "ward", "flat", "call",
        "group", "unit", "bay", "block", "tier", "level", "stage", "band", "lot", "wave", "form", "team", "question",
    )
)  # fmt: skip
"""Words whose number is no day: "minute 5/9"."""
JOINING = frozenset(
    (
        "and", "or", "but", "to", "until", "till", "til", "through", "from", "at", "in", "on", "for", "with", "by",
        "because", "cos", "bc", "since", "as", "so", "if", "when", "then", "that", "which", "who", "is", "was", "has",
        "had", "will", "would", "it", "we", "i", "they", "this", "please", "pls", "thanks", "thank", "thx", "inclusive",
        "incl",
        "latest", "onwards", "meeting", "meetings", "mtg", "board", "boards", "same", "instead", "rather", "after",
        "before", "while", "due", "agreed", "not", "now",
    )
)  # fmt: skip
"""Small words that may follow a day; a noun or a verb after "2/3", "5 may" or "the 2nd" makes it none."""
AFTER_ORDINAL = JOINING | frozenset(
    ("be", "are", "were", "have", "not", "also", "still", "only", "can", "could", "may", "might", "must", "should",
     "starts", "begins", "meets", "works", "clashes", "falls", "suits", "does", "did", "too", "again", "already")
)  # fmt: skip
COUNTED = frozenset(
    ("century", "birthday", "anniversary", "floor", "edition", "time", "place", "draft", "class", "year", "cohort")
)
"""What an ordinal of any size may count."""
MAY_VERB = frozenset(("not", "now", "have", "be", "also", "still", "only", "well"))

VAGUE = (
    "to be confirmed", "to be agreed", "to be decided", "to be announced", "tbc", "tba", "tbd", "soon", "shortly",
    "asap", "as soon as possible", "in due course", "further notice", "at some point", "sometime", "some time soon",
    "the other day", "the other week", "new year", "half term", "half-term", "next term", "this term", "the new term",
    "end of term",
    "school holidays", "the holidays", "a while",
)  # fmt: skip
"""Time is meant, and no day of the calendar."""
VAGUE_ALONE = frozenset(
    ("later", "eventually", "ongoing", "sometime", "easter", "spring", "summer", "autumn", "winter")
)
"""The same where nothing else is said; in a sentence these are other words too."""
SEASONS = frozenset(("spring", "summer", "autumn", "winter", "easter", "xmas", "christmas"))
SEASON_PARTS = frozenset(("term", "holidays", "holiday", "break", "half"))
BEFORE_SEASON = frozenset(
    ("after", "before", "in", "by", "until", "till", "til", "over", "during", "this", "next", "of", "since", "early",
     "late", "from", "mid")
)  # fmt: skip
FEAST_BEFORE = frozenset(
    ("good", "easter", "holiday", "remembrance", "ash", "shrove", "maundy", "palm", "black", "whit", "mothering")
)
"""What makes a weekday a feast whose day is not known here: "Good Friday", "bank holiday Monday"."""
FEASTS = {
    ("christmas", "day"): (25, 12), ("christmas", "eve"): (24, 12), ("boxing", "day"): (26, 12),
    ("new", "year's", "day"): (1, 1), ("new", "years", "day"): (1, 1), ("new", "year's", "eve"): (31, 12),
    ("new", "years", "eve"): (31, 12),
}  # fmt: skip
PLAY_ENDS = (
    ("close", "of", "play"),
    ("close", "of", "business"),
    ("end", "of", "play"),
    ("cop",),
    ("cob",),
    ("eop",),
    ("eod",),
    ("end", "of", "day"),
)
EARLY = frozenset(("early", "beginning", "start"))
MIDDLE = frozenset(("mid", "middle"))
LATE = frozenset(("late",))
