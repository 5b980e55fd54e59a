"""What in a text tells of a person: found by other ways of writing than the cover's own.

Import its modules by name: each of them is loaded only where it is needed.
"""
