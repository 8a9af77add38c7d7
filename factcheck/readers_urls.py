"""Every address that readers and their machines may open. With WEBSITE_ONLY there is no other."""

from django.urls import include, path

handler400 = "factcheck.machines.errors.bad_request"
handler404 = "factcheck.machines.errors.not_found"
handler500 = "factcheck.machines.errors.server_error"

urlpatterns = [path("", include("factcheck.website.urls")), path("", include("factcheck.machines.urls"))]
