"""Histograms: dates counted by period, and drawn as wide as their doubt.

`timeline` is where to begin reading. It may import `events.filters` and `events.index`.
"""
