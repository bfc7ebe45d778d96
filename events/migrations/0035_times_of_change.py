from itertools import count
from pathlib import Path
from typing import Any

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).parent / "sql" / "0035_times_of_change.sql"
_KINDS = [
    ("actor", "Actor"),
    ("claim", "Claim"),
    ("country", "Country"),
    ("event", "Event"),
    ("eventtype", "Kind of event"),
    ("location", "Location"),
    ("source", "Source"),
    ("statement", "Statement"),
]


def rename_reserved(apps: Any, schema_editor: Any) -> None:
    """An event may have the slug that the API takes now. Its old address leads nowhere any more."""
    events = apps.get_model("events", "Event").objects
    former = apps.get_model("events", "FormerSlug").objects
    for event in events.filter(slug="deleted"):
        names = ("deleted-event" + (f"-{number}" if number > 1 else "") for number in count(1))
        free = next(
            name
            for name in names
            if not events.filter(slug=name).exists()
            and not former.filter(name=f"event:{name}").exclude(record=event.uuid).exists()
        )
        events.filter(pk=event.pk).update(slug=free)
    # What the triggers put off has to be done before the table is altered.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    """When what is public last changed, of each record; told by what is served, at each commit."""

    dependencies = [
        ("events", "0034_names_by_word"),
        ("actors", "0006_names_by_word"),
    ]
    operations = [
        migrations.RunPython(rename_reserved, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=~Q(slug="deleted"),
                name="event_slug_is_not_reserved",
                violation_error_message=(
                    "The address “deleted” is taken: the API names there what is no longer public."
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="deletedevent",
            index=models.Index(fields=["deleted_at", "event_id"], name="deletedevent_by_time"),
        ),
        migrations.CreateModel(
            name="LastChange",
            fields=[
                ("record", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=_KINDS, max_length=9)),
                ("changed_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(kind__in=[kind for kind, _label in _KINDS]),
                        name="lastchange_kind_is_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
