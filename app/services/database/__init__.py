"""The one SQLite file: how it is opened, upgraded and kept safe. Rows belong to each service."""
