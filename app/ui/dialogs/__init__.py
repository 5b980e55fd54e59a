"""The windows beside the work: commands, keys, settings, history, backups, help.

Each takes values, tells what was decided by a signal and frees itself when it is closed; none
reaches into the main window.
"""
