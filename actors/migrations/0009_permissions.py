from django.db import migrations


class Migration(migrations.Migration):
    """Permissions to review and to publish, apart from those to change."""

    dependencies = [
        ("actors", "0008_internal_notes"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="actor",
            options={
                "default_permissions": ("add", "change", "delete", "view", "review", "publish"),
                "ordering": ["sort_name", "pk"],
            },
        ),
    ]
