"""RSS, Atom and JSON feeds, podcasts and posts among them, and the lists of feeds that readers exchange."""
