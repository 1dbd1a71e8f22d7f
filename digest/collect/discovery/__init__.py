"""Finding what a site can be read by."""
