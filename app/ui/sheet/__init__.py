"""One field, or the header, of all letters listed: each value beside its picture cut from the page."""
