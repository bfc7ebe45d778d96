"""The timeline drawn in lanes: which part of time is shown, what stands where, and how it is told.

Lengths along the axis are percentages, so that a drawing fits its column; labels are placed for the
least width that the column has, in pixels. Heights are pixels.
"""
