"""Stories → summaries."""
