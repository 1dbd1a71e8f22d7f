"""The work that commands do, each from an open workspace to what a person is told."""
