"""The English of a letter: how its dates, ages, numbers, amounts and sentences are read, with their places.

The parser, the checks, the form and the search ask this room; none of them has a pattern of its
own for what it reads. Import its modules by name: each of them is loaded only where it is needed.
"""
