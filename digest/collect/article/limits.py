"""How long what a source says of an article may be: a bound on what a hostile one costs every stage after this."""

#: Characters of a headline; what is longer is a paragraph in the wrong place.
LONGEST_TITLE = 300
#: Characters of a text; the longest of 4,223 real entries has 187,000.
LONGEST_TEXT = 200_000
