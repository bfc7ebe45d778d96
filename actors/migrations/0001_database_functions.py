from pathlib import Path

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Extensions (all trusted: no superuser is needed) and functions that tables build on."""

    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL((SQL / "0001_edtf.sql").read_text(encoding="utf-8")),
        migrations.RunSQL((SQL / "0001_functions.sql").read_text(encoding="utf-8")),
    ]
