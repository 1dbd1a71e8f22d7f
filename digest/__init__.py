"""A newsletter that writes itself from the week's articles and reaches every subscriber exactly once."""

__version__ = "0.1.0"
