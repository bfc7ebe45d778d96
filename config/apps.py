from django.contrib.admin.apps import AdminConfig


class CuratingConfig(AdminConfig):
    default_site = "events.desk.site.DeskSite"
