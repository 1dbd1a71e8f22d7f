"""Which article leads a story, and how much a story is worth."""
