"""Every notice of the program: what it belongs to, and when it goes. None is told that is not here."""

from __future__ import annotations

from enum import Enum, auto


class Of(Enum):
    """What a notice belongs to, and with what it goes."""

    FIELD = auto()
    """The field in hand: goes when another one is taken in hand, or the letter changes."""
    LETTER = auto()
    """A letter: goes when another one comes onto the desk."""
    ACT = auto()
    """Something that was done: is still seen over the letter that comes then, not after it."""
    STATE = auto()
    """A state of the program or a job of it: goes when that is over."""


class Kind(Enum):
    """What it belongs to, what it tells, and, where it may become untrue before its owner goes,
    until when it holds: whoever tells it has to give a function that says whether it still does.

    A notice takes the place of one of its own kind (and part).
    """

    # Of the field in hand
    WORDS_REFUSED = Of.FIELD, "the words picked on the page are no value for it"
    PRINT_NOT_READ = Of.FIELD, "print on the page that was not read, and why"
    NO_TEXT_IN_HAND = Of.FIELD, "it is no running text, so that nothing can be put into it"
    NO_BLANK_LEFT = Of.FIELD, "its text has no blank any more"
    NO_SKELETON = Of.FIELD, "its text has no skeleton"
    NOTHING_QUOTED = Of.FIELD, "no words are selected, or no field is in hand"
    SOURCE_UNKNOWN = Of.FIELD, "its sentence was not taken from a document"
    QUOTATION_NOT_KEPT = Of.FIELD, "where a quotation came from could not be kept"

    # Of a letter
    TWINS = Of.LETTER, "its file, or another one of the same case, is here already"
    LETTER_LOCKED = Of.LETTER, "a kept letter asks for its password"
    NOT_OPENED = Of.LETTER, "a kept letter could not be opened"
    READING = Of.LETTER, "what the reader could not read in it"
    CHANGED_OUTSIDE = Of.LETTER, "what is kept of it was changed by something else"
    LIST_END = Of.LETTER, "it is the last one of the list, or the first"
    ALL_DONE = Of.LETTER, "it was checked, and no other is left to do"
    LEFT_TO_DO = Of.LETTER, "what is left to do before it is checked", "what is left changes"
    LEFT_AT_EXPORT = Of.LETTER, "what is left to do before it leaves", "what is left changes"
    HALF_TYPED = Of.LETTER, "words that make no value hold its export", "they are corrected"
    UNPRINTABLE = Of.LETTER, "characters no font has hold its export", "they are gone"
    OTHERS_NAMED = Of.LETTER, "whom its public copy names besides", "the letter changes"
    STILL_IN_SUMMARY = Of.LETTER, "its summary still says what was decided against", "it does not"
    SAMPLE = Of.LETTER, "it is a sample, and what to press", "something was done with it"
    TOUR = Of.LETTER, "the step of the tour of the sample", "the tour is over"
    PICTURES = Of.LETTER, "how far the pictures of its pages are read", "they are read"
    PICTURES_UNREAD = Of.LETTER, "why the pictures of its pages were not read"
    PROOF = Of.LETTER, "how far the proof of its public copy is", "it is written"
    SEARCHABLE = Of.LETTER, "how far its copy with words is", "it is written"
    LAYOUT_UNUSABLE = Of.LETTER, "it cannot be set anew; told in its own pane"
    REDACTION = Of.LETTER, "what is wrong with the PDF being redacted; told in its own window"
    TAKEN_IN = Of.LETTER, "what of it came from another desk"
    IN_CASE_FILE = Of.LETTER, "what a document of its case file lacks, or that it is there already"

    # Of something that was done
    IMPORT_FAILED = Of.ACT, "a file could not be taken in"
    OPENING_UNENDED = Of.ACT, "the program ended over a letter, which is not opened by itself"
    CHECKED = Of.ACT, "a letter was checked with its last answer"
    LISTED = Of.ACT, "letters were marked, removed or deleted"
    LIST_FAILED = Of.ACT, "letters could not be removed, put back, deleted or listed"
    WRITTEN = Of.ACT, "a file was written"
    NOT_WRITTEN = Of.ACT, "a file could not be written"
    NOT_TAKEN_IN = Of.ACT, "a handed-over case could not be taken in"
    PRINTED = Of.ACT, "pages were printed"
    NOT_PRINTED = Of.ACT, "pages could not be printed"
    LOOK_INSIDE = Of.ACT, "what a file that was just written holds unseen"
    NOT_LOOKED = Of.ACT, "a file could not be looked into"
    NOT_DRAFTED = Of.ACT, "ready sentences could not be kept"
    NOT_BEGUN = Of.ACT, "a new letter could not be begun"
    NO_LETTER = Of.ACT, "documents need a letter to be kept with", "a letter is open"
    BACKED_UP = Of.ACT, "a backup was made or put in place"
    NOT_BACKED_UP = Of.ACT, "a backup could not be made or put in place"
    CLOCK_SET_BACK = Of.ACT, "the computer's clock was set back"
    SETTINGS = Of.ACT, "settings were written or taken over"
    NOT_SET = Of.ACT, "settings could not be read, written or kept"
    SAVED_AGAIN = Of.ACT, "everything is saved after all"
    NOTHING_RUNS = Of.ACT, "there is nothing to stop"
    CONVERTED = Of.ACT, "the data folder was encrypted, or decrypted"
    NOT_CONVERTED = Of.ACT, "it could not be"
    TOUR_TAKEN = Of.ACT, "the tour is over"
    WENT_WRONG = Of.ACT, "a bug, or what stands in the way of something in the background"

    # Of a state of the program
    FILE_LOCKED = Of.STATE, "a file that waits for its password", "it waits no more"
    NOT_SAVED = Of.STATE, "something cannot be saved", "all is saved"
    READS_ONLY = Of.STATE, "the data folder can only be read", "it can be written"
    OPEN_TO_OTHERS = Of.STATE, "others may change what lies in the data folder", "they may not"
    MASKED = Of.STATE, "patient data is hidden", "it is shown"
    ENCRYPTION_OFFERED = Of.STATE, "letters can be encrypted", "it was answered"
    DELETION_ASKED = Of.STATE, "whether letters are to go for good", "they are there no more"
    DELETING = Of.STATE, "letters are being deleted", "they are"

    def __init__(self, of: Of, tells: str, until: str = "") -> None:
        self.of = of
        self.tells = tells
        self.until = until
