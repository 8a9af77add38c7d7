"""The programs' door: every address, and what answers there."""

from django.urls import path

from . import google, lists, pages, single

API = "api/v1"
urlpatterns = [
    path("api/", pages.api, name="api"),
    path("api/openapi.json", pages.openapi, name="openapi"),
    path(f"{API}/claims/", lists.Claims.as_view(), name="api_claims"),
    path(f"{API}/claims/<slug:slug>/", single.Claim.as_view(), name="api_claim"),
    path(f"{API}/claims/<slug:slug>/editions/<int:number>/", single.Edition.as_view(), name="api_edition"),
    path(f"{API}/editions/", lists.Editions.as_view(), name="api_editions"),
    path(f"{API}/corrections/", lists.Corrections.as_view(), name="api_corrections"),
    path(f"{API}/stories/", lists.Stories.as_view(), name="api_stories"),
    path(f"{API}/stories/<slug:slug>/", single.Story.as_view(), name="api_story"),
    path(f"{API}/speakers/", lists.Speakers.as_view(), name="api_speakers"),
    path(f"{API}/speakers/<slug:slug>/", single.Speaker.as_view(), name="api_speaker"),
    path(f"{API}/topics/", lists.Topics.as_view(), name="api_topics"),
    path(f"{API}/topics/<slug:slug>/", single.Topic.as_view(), name="api_topic"),
    path(f"{API}/ratings/", single.Ratings.as_view(), name="api_ratings"),
    path("v1alpha1/claims:search", google.ClaimsSearch.as_view(), name="claims_search"),
]
