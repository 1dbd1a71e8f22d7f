"""What a sentence claims: numbers, names, dates, denials, grave words; and whether a source carries it."""
