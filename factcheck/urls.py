"""Which door is at which address."""

from django.urls import include, path

from factcheck.backoffice.site import desk_site
from factcheck.letters.keys import PATH

handler400 = "factcheck.website.errors.bad_request"
handler404 = "factcheck.website.errors.not_found"
handler500 = "factcheck.website.errors.server_error"

urlpatterns = [
    path("desk/", include("factcheck.entrance.urls")),  # first: the desk's own site would answer every address
    path("desk/", desk_site.urls),
    path(PATH.lstrip("/"), include("factcheck.portal.urls")),
    path("", include("factcheck.website.urls")),
]
