"""Reading what people write: text and a plan's words in, frozen objects out. Nothing here stores or looks at a clock.

`vocabulary` holds the words of one plan; `dates`, `targets` and `meetings` read the parts of a command; `answers` and
`replies` read plain words. `handlers.reading.grammar` puts them together for what follows `/cypp`.
"""
