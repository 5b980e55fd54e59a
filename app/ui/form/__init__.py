"""The form: one editor a kind of value, one row a field, all made from the table of fields."""
