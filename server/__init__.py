"""Thin HTTP routes over the dataset and the charts."""
