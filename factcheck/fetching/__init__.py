"""Asking the web for a page that somebody pointed us to, without being led anywhere else by it.

`fetch.Fetcher` goes for a page, `capturing.take` brings it home with what it needs, `reading` says what it says of itself,
`rendering` makes a picture of the copy, `save_page_now` asks the Internet Archive. Knows nothing of claims or evidence.
"""
