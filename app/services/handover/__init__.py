"""A case from desk to desk in one file, and two desks' work on one letter made one."""
