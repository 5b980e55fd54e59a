"""The window that searches all letters."""
