"""Citations of actors and tenures: `actors` itself knows of no sources."""

from django.contrib import admin

from actors.admin import ActorAdmin, TenureAdmin
from actors.models import Actor, Tenure
from events.admin.citations import CitationInline

admin.site.unregister([Actor, Tenure])


@admin.register(Actor)
class CitedActorAdmin(ActorAdmin):
    inlines = [*ActorAdmin.inlines, CitationInline]


@admin.register(Tenure)
class CitedTenureAdmin(TenureAdmin):
    inlines = [CitationInline]
