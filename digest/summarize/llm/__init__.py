"""Summaries by a language model: what it is asked, what that may cost, and what of its answer may be printed."""
