"""Sources → articles: a room for each kind of source, what they share below, and what joins them here."""
