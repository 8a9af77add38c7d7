"""Which door is at which address."""

from django.urls import include, path

from factcheck.backoffice.site import desk_site
from factcheck.letters.keys import PATH

from . import readers_urls
from .readers_urls import handler400, handler404, handler500  # noqa: F401  (Django looks for them here)

urlpatterns = [
    path("desk/", include("factcheck.entrance.urls")),  # first: the desk's own site would answer every address
    path("desk/", desk_site.urls),
    path(PATH.lstrip("/"), include("factcheck.portal.urls")),
    *readers_urls.urlpatterns,
]
