"""How much may go, and when: limits, warm-up, quiet hours, rests. Pure."""
