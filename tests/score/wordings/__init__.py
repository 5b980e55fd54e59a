"""Plain errors of fact in many wordings, written without a look at the rules that are to catch them.

`letters.toml` holds short, sound letters, `open/` and `held_out/` the wordings that are put into them,
one file a subject: of the five wordings of a kind of error two are set aside, of the three of a harmless
change one, by turns. `sound_open.toml` and `sound_held_out.toml` are letters of the usual length with no
error in them. `families.toml` says which rules are the right ones.
"""
