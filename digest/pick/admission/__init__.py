"""What is turned away before anything is ranked: other days, mutes, copies, what was sent before."""
