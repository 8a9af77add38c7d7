"""Which door is at which address."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("desk/", admin.site.urls),
    path("", include("factcheck.website.urls")),
]
