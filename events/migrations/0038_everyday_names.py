from typing import Any

from django.db import migrations

# Slug of a kind: the name that came with the program, and the one that comes now.
KINDS = {
    "agree": ("Agree", "Agreement or promise"),
    "consult": ("Consult", "Meeting"),
    "support": ("Support", "Diplomatic support"),
    "concede": ("Concede", "Concession"),
    "cooperate": ("Cooperate", "Cooperation"),
    "retreat": ("Retreat", "Withdrawal or release"),
    "request": ("Request", "Demand"),
    "accuse": ("Accuse", "Accusation"),
    "reject": ("Reject", "Refusal"),
    "threaten": ("Threaten", "Threat"),
    "mobilize": ("Mobilize", "Mobilisation"),
    "coerce": ("Coerce", "Arrest or repression"),
    "assault": ("Assault", "Attack"),
    "statement": ("Public statement", "Statement"),
}


def name_kinds(apps: Any, schema_editor: Any) -> None:
    """Where curators have named one otherwise, or something else so, it keeps its name."""
    kinds = apps.get_model("events", "EventType").objects
    for slug, (old, new) in KINDS.items():
        if not kinds.filter(name=new).exists():
            kinds.filter(slug=slug, name=old).update(name=new)


def name_turkey(apps: Any, schema_editor: Any) -> None:
    """Country and actor had different names of the two that English has."""
    countries = apps.get_model("actors", "Country").objects
    countries.filter(iso3="TUR", name="Türkiye").update(name="Turkey")


class Migration(migrations.Migration):
    """Kinds have everyday names, PLOVER's words stay codes; one name for Turkey."""

    dependencies = [
        ("actors", "0006_names_by_word"),
        ("events", "0037_titled_chronology"),
    ]
    operations = [
        migrations.RunPython(name_kinds, migrations.RunPython.noop),
        migrations.RunPython(name_turkey, migrations.RunPython.noop),
    ]
