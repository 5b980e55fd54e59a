"""How thousands of letters are found, counted and compared."""
