"""The slides, one a file: `slide(data, deck)` composes it, None if nothing is known.

`data` is cut to the deck's day. Each file says its slide's words beside what it
shows; numbers come from `data/`, drawings from `components/charts`.
"""
