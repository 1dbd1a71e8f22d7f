"""Web pages: their text, and what they say of it."""
