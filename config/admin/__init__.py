"""The parts that every curated model's admin is made of."""

from config.admin.base import CuratedAdmin, NamedAdmin, PublishableAdmin
from config.admin.forms import CitedWhenPublished
from config.admin.inlines import StackedInline, TabularInline
from config.admin.slugs import SlugForm
from config.admin.vocabularies import VocabularyAdmin
from config.admin.withdrawing import AsksBeforeWithdrawing

__all__ = [
    "AsksBeforeWithdrawing",
    "CitedWhenPublished",
    "CuratedAdmin",
    "NamedAdmin",
    "PublishableAdmin",
    "SlugForm",
    "StackedInline",
    "TabularInline",
    "VocabularyAdmin",
]
