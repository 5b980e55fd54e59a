"""Plain errors of fact in many wordings, written without a look at the rules that are to catch them.

`letters.toml` holds short, sound letters, `open/` and `held_out/` the wordings that are put into them,
one file a subject: of the five wordings of a kind of error two are set aside, of the three of a harmless
change one, by turns. `sound_open.toml` and `sound_held_out.toml` are letters of the usual length with no
error in them. `families.toml` says which rules are the right ones.

`rounds/` are wordings that were written one after the other, each before the rules were tried on it, for
other letters too (`round_letters.toml`): what is caught of a new round when it is first run is the number
to go by. Then its misses are read, and the reading is mended.
"""
