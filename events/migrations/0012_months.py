from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent / "sql" / "0012_months.sql"


class Migration(migrations.Migration):
    """The month of each event is kept beside its dates: most drawings tell nothing finer apart."""

    dependencies = [("events", "0011_ties")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        migrations.AddField(
            model_name="eventfacts",
            name="month",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("first_day", "last_day", function="sure_month"),
                output_field=models.BigIntegerField(),
            ),
        ),
    ]
