"""The window and its panes: Qt only, no database, PDF engine or template engine."""
