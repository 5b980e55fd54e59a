"""Plain errors of fact in many wordings, written without a look at the rules that are to catch them.

`letters.toml` holds sound letters, `open/` and `held_out/` the wordings that are put into them, one
file a subject: of each kind of error the first three wordings are open and the last two set aside,
of each harmless change the third is. `families.toml` says which rules are the right ones.
"""
