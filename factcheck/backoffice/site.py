"""The desk's own admin site: who comes in, what no answers look like, and the frame around every page."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import dashboard, nav
from .people_forms import OwnPasswordForm


class DeskSite(AdminSite):
    """The staff door. Every view of it goes through `admin_view`, so every refusal is a page of ours with its reason."""

    site_title = settings.NEWSROOM_NAME
    site_header = settings.NEWSROOM_NAME
    index_title = _("The desk")
    site_url = "/"
    enable_nav_sidebar = False
    empty_value_display = ""

    def admin_view(self, view, cacheable=False):
        def seen(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except PermissionDenied as refusal:
                return self.answer(request, "403.html", status=403, exception=str(refusal))
            except Http404:
                return self.answer(request, "backoffice/404.html", status=404)

        seen.csrf_exempt = getattr(view, "csrf_exempt", False)
        return super().admin_view(seen, cacheable)

    def get_urls(self):
        from . import vault_pages  # its forms ask this module for the site

        return vault_pages.pages(self) + super().get_urls()

    def answer(self, request, template, *, status=200, **context):
        """A page of the desk made from `template`."""
        request.current_app = self.name
        return render(request, template, {**self.each_context(request), **context}, status=status)

    def each_context(self, request):
        context = {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": self.site_url,
            "has_permission": self.has_permission(request),
            "idle_minutes": settings.IDLE_MINUTES,
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
        }
        return {**context, **nav.around(self, request)} if context["has_permission"] else context

    def index(self, request, extra_context=None):
        return self.answer(
            request, "backoffice/dashboard.html", title=self.index_title, **dashboard.for_person(request.user)
        )

    def password_change(self, request, extra_context=None):
        return PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            template_name="backoffice/own_password.html",
            success_url=reverse("admin:password_change_done"),
            extra_context=self.each_context(request),
        )(request)

    def app_index(self, request, app_label, extra_context=None):
        """The pages of one app are no page of their own here: the line across the top has them all."""
        return redirect("admin:index")


desk_site = DeskSite(name="admin")
