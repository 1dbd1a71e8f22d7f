"""What every article has, whatever it was read from: when, whose, in which language, and which one it is."""
