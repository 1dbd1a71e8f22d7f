"""Who gets the newsletter: the lists that their owner keeps as CSV files, and the links that lead out of them."""
