"""The parts that every curated model's admin is made of."""

from config.admin.base import CuratedAdmin, NamedAdmin, PublishableAdmin
from config.admin.forms import CitedWhenPublished, KeepsPublishedSlug
from config.admin.inlines import StackedInline, TabularInline

__all__ = [
    "CitedWhenPublished",
    "CuratedAdmin",
    "KeepsPublishedSlug",
    "NamedAdmin",
    "PublishableAdmin",
    "StackedInline",
    "TabularInline",
]
