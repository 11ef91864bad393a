"""Moved to data/words.py: the dataset's own sentences are written with it too."""

from data.words import *  # noqa: F403
