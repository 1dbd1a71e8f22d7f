"""Which lines of a text are its article's, and which stand around it."""
