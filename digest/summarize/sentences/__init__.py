"""The sentences of a story, and which of them may stand in a summary."""
