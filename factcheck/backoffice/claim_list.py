"""The list of claims: what a newsroom looks at all day."""

from .conflict import ConflictMixin
from .desk_admin import DeskAdmin


class ClaimListAdmin(ConflictMixin, DeskAdmin):
    """The list alone; `claims.ClaimAdmin` adds the claim's page."""

    list_display = ["wording"]
    search_fields = ["wording"]
