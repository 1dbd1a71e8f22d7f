"""Which sentences together tell a story best, and in which order."""
