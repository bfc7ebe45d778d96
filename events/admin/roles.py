"""The roles of curators: groups by name, which a migration makes, and what each may do."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CONTRIBUTOR, EDITOR, ADMINISTRATOR = "contributor", "editor", "administrator"
ROLES: dict[str, tuple[Promise, Promise]] = {
    CONTRIBUTOR: (
        gettext_lazy("Contributor"),
        gettext_lazy(
            "enters drafts, changes and deletes these, and sees what is published. Publishes "
            "nothing, and sees no draft of others."
        ),
    ),
    EDITOR: (
        gettext_lazy("Editor"),
        gettext_lazy(
            "sees and changes all records, publishes and withdraws them, deletes them, and keeps "
            "the words we use."
        ),
    ),
    ADMINISTRATOR: (
        gettext_lazy("Administrator"),
        gettext_lazy(
            "does what editors do, names the chronology, and gives accounts and roles to others."
        ),
    ),
}


if TYPE_CHECKING:
    _Field = forms.ModelMultipleChoiceField[Group]
else:
    _Field = forms.ModelMultipleChoiceField


class RolesField(_Field):
    """Groups, those that are roles with what they are for."""

    def label_from_instance(self, group: Group) -> str:
        if group.name not in ROLES:
            return group.name
        name, words = ROLES[group.name]
        return _("%(role)s: %(words)s") % {"role": name, "words": words}


def permissions_of(account: User) -> QuerySet[Permission]:
    """Whether it is active or not."""
    return Permission.objects.filter(Q(user=account) | Q(group__user=account))


def own_permissions(giver: Any) -> QuerySet[Permission]:
    rows = Permission.objects.select_related("content_type")
    if giver.is_superuser:
        return rows
    held = Q(user=giver) | Q(group__user=giver)
    return rows.filter(pk__in=Permission.objects.filter(held).values("pk"))


def is_within(giver: Any, permissions: QuerySet[Permission]) -> bool:
    """Whether the account has all of these itself: nobody gives or takes more than that."""
    own = own_permissions(giver).values("pk")
    return bool(giver.is_superuser) or not permissions.exclude(pk__in=own).exists()


def groups_within(giver: Any) -> QuerySet[Group]:
    """Groups that have no permission which the account lacks."""
    groups = Group.objects.all()
    if giver.is_superuser:
        return groups
    others = Permission.objects.exclude(pk__in=own_permissions(giver).values("pk"))
    return groups.exclude(permissions__in=others)
