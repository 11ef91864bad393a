"""The pages: the name is the file and the address, the overview's is '/'."""

from __future__ import annotations

PAGES = {
    "overview": ("Overview", ":material/grid_view:"),
    "timeline": ("Timeline", ":material/view_timeline:"),
    "front": ("Front line and casualties", ":material/map:"),
    "actors": ("Actors", ":material/groups:"),
    "exchanges": ("Exchanges", ":material/swap_horiz:"),
    "positions": ("Positions", ":material/compare_arrows:"),
    "claims": ("Claims", ":material/fact_check:"),
    "briefing": ("Briefing", ":material/slideshow:"),
    "sources": ("Sources", ":material/menu_book:"),
}
