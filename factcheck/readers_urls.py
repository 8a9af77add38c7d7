"""Every address that readers and their machines may open. With WEBSITE_ONLY there is no other."""

from django.urls import include, path

handler400 = "factcheck.website.errors.bad_request"
handler404 = "factcheck.website.errors.not_found"
handler500 = "factcheck.website.errors.server_error"

urlpatterns = [path("", include("factcheck.website.urls"))]
