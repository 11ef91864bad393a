"""The briefing: a deck composed once, shown on a screen, in PowerPoint and as PDF."""
