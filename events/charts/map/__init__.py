"""The map: where the events under some filters took place, as exactly as their places are known.

`base` has coasts and borders (read by `topology`), `projections` lays the globe flat, and `windows`
says which part of it is shown. `outlines` are the shapes in a window, and `world` those of the
whole world, in a file. `sites` says of each place what may be drawn of it, `marks` what is drawn in
a window (by `clusters`, `squares` and `labels`), and `rows` the same as a list. `drawing` puts a
page's pictures together; begin reading there. It may import the index, models and `config`, and
knows nothing of requests.
"""
