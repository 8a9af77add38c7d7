"""Claims at the desk."""

from django.contrib import admin

from factcheck.claims.models import Claim

from .claim_list import ClaimListAdmin
from .site import desk_site


@admin.register(Claim, site=desk_site)
class ClaimAdmin(ClaimListAdmin):
    """A claim's page over the list of claims."""
