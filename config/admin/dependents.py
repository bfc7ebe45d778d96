"""Published records that rest on records which are to be withdrawn."""

from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from itertools import islice
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst

from config import rights
from config.admin.publishing import set_state
from config.db.publication import State

NAMED_AT_MOST = 20


class Dependents:
    """Published records that some sources alone support, by kind."""

    def __init__(self, rows: Sequence[QuerySet[Any]]) -> None:
        self.rows = rows

    @cached_property
    def keys(self) -> list[str]:
        return [
            f"{rows.model._meta.model_name}:{key}"
            for rows in self.rows
            for key in rows.order_by("pk").values_list("pk", flat=True)
        ]

    @property
    def number(self) -> int:
        return len(self.keys)

    @property
    def digest(self) -> str:
        """The same as long as these are the same records."""
        return sha256(" ".join(self.keys).encode()).hexdigest()

    @property
    def named(self) -> list[str]:
        records = (record for rows in self.rows for record in rows.order_by("pk")[:NAMED_AT_MOST])
        return [
            f"{capfirst(str(record._meta.verbose_name))}: {record}"
            for record in islice(records, NAMED_AT_MOST)
        ]

    @property
    def more(self) -> int:
        return max(0, self.number - NAMED_AT_MOST)

    def may_be_withdrawn_by(self, request: HttpRequest) -> bool:
        models = [rows.model for rows in self.rows if rows.exists()]
        return all(rights.may(request.user, rights.PUBLISH, model) for model in models)

    def withdraw(self, request: HttpRequest, reason: str = "") -> None:
        if not self.may_be_withdrawn_by(request):
            raise PermissionDenied
        user = cast(int, request.user.pk)
        for rows in self.rows:
            set_state(rows, State.WITHDRAWN, user_id=user, needs_citation=False, reason=reason)
