from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from config.db.constraints import check, is_one_of


class LoadingReason(models.TextChoices):
    ARTICLE = "article", gettext_lazy("the article was loaded")
    EMPTY = "empty", gettext_lazy("begun without the article")
    UPGRADE = "upgrade", gettext_lazy("an upgrade found records or accounts")


class LoadingMark(models.Model):
    """One row says that loading has begun in this database. The database never lets it go.

    Loading happens once: a database with this row gets nothing from the fixtures any more.
    """

    Reason = LoadingReason

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    reason = models.CharField(max_length=7, choices=LoadingReason)
    begun_at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()
        constraints = [
            check("loadingmark_is_one_row", Q(id=1)),
            is_one_of("loadingmark", "reason", LoadingReason),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
