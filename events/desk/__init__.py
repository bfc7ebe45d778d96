"""The curators' desk, the front page of the admin: what is to be done, and where.

`rows` is where to begin reading: what the desk asks. `questions` has the conditions, which the
lists of the admin take as filters; `site` has the pages. It may import `events.models` and
`config`, and never `events.admin`, which needs the site to be there.
"""
