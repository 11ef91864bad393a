"""The dataset: loading, checking, cutting to a day, and the figures derived from it."""
