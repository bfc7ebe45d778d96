"""Accounts: signing in with a second factor, limits on guessing, the length of sessions.

django-allauth leads through the steps of signing in, and keeps second factors and recovery codes.
What is ours: limits that are counted in the database (`attempts.py`), sessions that end
(`sessions.py`), who must have a second factor (`second_factor.py`), and what asks for the password
once more (`fresh.py`). The pages stand in `views.py`.

May be imported by `config/admin`; imports `config/http` alone.
"""
