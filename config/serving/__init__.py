"""The web server of the site: `python -m config.serving --port 8000 --workers 2 --threads 4`.

`supervisor` binds the port and keeps `worker` processes alive. In each, waitress reads requests and
sends answers in one thread (`connections`), and a few threads make the answers (`answers`).
"""
