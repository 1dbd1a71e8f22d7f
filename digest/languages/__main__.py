"""`python -m digest.languages`: the languages, their tables, and what is missing."""

from __future__ import annotations

from digest.languages.matrix import matrix

if __name__ == "__main__":
    print(matrix())  # noqa: T201 -- a program's output
