"""Views: each reads a query, asks the other rooms, and renders a template.

`events` is where to begin reading. Nothing imports it but the URLs.
"""
