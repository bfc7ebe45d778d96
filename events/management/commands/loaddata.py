"""Django's `loaddata`, which also takes a dump of a whole chronology into a new database."""

import os
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import serializers
from django.core.management.commands import loaddata
from django.db import connections

from actors.models import Actor, ActorKind, Country, CountryName
from events.models import (
    Citation,
    Claim,
    Event,
    EventType,
    LoadingMark,
    Location,
    Role,
    Scale,
    ScaleScore,
    Source,
    Statement,
)

_RECORDS: list[Any] = [LoadingMark, Actor, Claim, Event, Location, Statement]
# In an order in which nothing leans on what is taken away.
_OF_MIGRATIONS: tuple[Any, ...] = (
    Citation,
    Source,
    ScaleScore,
    Scale,
    EventType,
    CountryName,
    Country,
)
# Dumps of older versions have none of these.
_VOCABULARIES: tuple[Any, ...] = (ActorKind, Role, Group)


class Command(loaddata.Command):
    def loaddata(self, fixture_labels: Iterable[str]) -> None:
        labels = list(fixture_labels)
        self.serialization_formats = serializers.get_public_serializer_formats()
        if self._is_new() and self._bring(labels, Country):
            # Its rows have primary keys of their own, and those that curators took away stay away.
            brought = [model for model in _VOCABULARIES if self._bring(labels, model)]
            for model in (*_OF_MIGRATIONS, *brought):
                model.objects.using(self.using).all().delete()
        with connections[self.using].cursor() as cursor:
            # Rows keep the times at which they were changed.
            cursor.execute("SET LOCAL chancery.is_loading = 'on'")
            super().loaddata(labels)
            cursor.execute("SET LOCAL chancery.is_loading = 'off'")

    def _bring(self, labels: Iterable[str], model: Any) -> bool:
        return any(self._holds(label, model) for label in labels)

    def _holds(self, label: str, model: Any) -> bool:
        """Whether the file has rows of the model."""
        name = model._meta.label_lower.encode()
        for path, _folder, _name in self.find_fixtures(label):
            compression = self.parse_name(os.path.basename(path))[2]
            formats: dict[Any, Any] = dict(self.compression_formats)
            open_method, mode = formats[compression]
            if mode is None:  # standard input, which can be read only once
                return False
            with open_method(path, mode) as file:
                if name in file.read():
                    return True
        return False

    def _is_new(self) -> bool:
        """Whether the database holds nothing but what migrations bring."""
        models = [get_user_model(), *_RECORDS]
        return not any(model._default_manager.using(self.using).exists() for model in models)
