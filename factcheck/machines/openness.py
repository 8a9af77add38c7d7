"""Any page of any site may read what we hand out to programs: a browser is told so (CORS), and nothing is sent along with it."""

from django.http import HttpResponse

READS = ("GET", "HEAD", "OPTIONS")
ORIGINS = {"Access-Control-Allow-Origin": "*"}
SEEN = {"Access-Control-Expose-Headers": "ETag, Last-Modified, Link, RateLimit, RateLimit-Policy, Retry-After"}
PREFLIGHT = {
    "Allow": ", ".join(READS),
    "Access-Control-Allow-Methods": ", ".join(READS),
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def opened(response):
    """The response, for pages of every site."""
    for name, value in {**ORIGINS, **SEEN}.items():
        response.headers[name] = value
    return response


def asked_beforehand():
    """The answer to OPTIONS: what a browser asks before it reads for a page of another site."""
    return HttpResponse(status=204, headers=PREFLIGHT)
