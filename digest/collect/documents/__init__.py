"""From an address or a path to a document: fetched, decoded, mended, opened. Knows nothing of articles."""
