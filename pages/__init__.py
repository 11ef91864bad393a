"""The pages, one file each: article-like, 40–120 lines, no helpers."""
