"""The readers' door: every address, and what answers there."""

from django.urls import path

from . import claim, embed, feeds, files, ledger, lists, manifest, oembed, open_data, sharing, sitemap, standing

urlpatterns = [
    path("", lists.front, name="front"),
    path("claims/", lists.claims, name="claims"),
    path("claims/<slug:slug>/", claim.claim, name="claim"),
    path("claims/<slug:slug>/editions/<int:number>/", claim.edition, name="edition"),
    path("claims/<slug:slug>/editions/<int:number>/share.png", sharing.share_picture, name="share_picture"),
    path("claims/<slug:slug>/files/<slug:sha256>/<str:name>", files.file, name="claim_file"),
    path("claims/<slug:slug>/evidence.json", manifest.evidence, name="claim_evidence"),
    path("claims/<slug:slug>/SHA256SUMS", manifest.sums, name="claim_sums"),
    path("embed/<slug:slug>/", embed.embed, name="embed"),
    path("oembed", oembed.oembed, name="oembed"),
    path("stories/", lists.stories, name="stories"),
    path("stories/<slug:slug>/", lists.story, name="story"),
    path("speakers/<slug:slug>/", lists.speaker, name="speaker"),
    path("topics/<slug:slug>/", lists.topic, name="topic"),
    path("corrections/", lists.corrections, name="corrections"),
    path("ratings/", lists.ratings, name="ratings"),
    path("ledger/", ledger.entries, name="ledger"),
    path("ledger/head.json", ledger.head, name="ledger_head"),
    path("ledger/blocks/<int:number>/", ledger.block_page, name="ledger_page"),
    path("ledger/blocks/<int:number>.json", ledger.block, name="ledger_block"),
    path("ledger/blocks/<int:number>.jsonl", ledger.texts, name="ledger_texts"),
    path("ledger/entries/<int:number>.json", ledger.text, name="ledger_text"),
    path("about/", standing.about, name="about"),
    path("about/copies/", standing.copies, name="copies"),
    *feeds.urlpatterns,
    path("feeds/claimreview.json", open_data.claim_reviews, name="claimreview_feed"),
    path("data/", open_data.about, name="data"),
    path("data/claims.csv", open_data.claims_csv, name="claims_csv"),
    path("data/claims.jsonl", open_data.claims_jsonl, name="claims_jsonl"),
    path("data/corrections.csv", open_data.corrections_csv, name="corrections_csv"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("news-sitemap.xml", sitemap.news, name="news_sitemap"),
    path(".well-known/security.txt", standing.security_txt, name="security_txt"),
    path("robots.txt", standing.robots, name="robots"),
]
