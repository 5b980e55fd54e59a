"""The documents of the letter on the desk: shown in the page pane, read in the background, searched."""
