"""The documents a letter is written from: what they are, whose, of which days, and what they say.

Values in, values out: how they are kept is the store's, how their PDFs are read the `pdf` service's.
"""
