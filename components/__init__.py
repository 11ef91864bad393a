"""The app's own parts: what pages, URLs and slides draw with."""
