"""The readers' door: every address, and what answers there."""

urlpatterns = []
