"""Everything a browser has to say against a page while a test looks at it."""

from urllib.parse import urlsplit

# Chromium reports it to the console when our own rules are broken; the event names the directive and what broke it.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => console.error(
  `Content-Security-Policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
# The status of the page itself is for the test to judge: a refusal is a 403, and that is right.
OF_THE_PAGE_ITSELF = "Failed to load resource"


class Watch:
    """Listens to all pages of a browser context. `complaints` are sentences; a test fails when there is one.

    `others` are hosts that the test leads to itself, such as a provider where people log in: what they do is not ours.
    """

    def __init__(self, context, address, others=()):
        self.host, self.others, self.complaints = urlsplit(address).netloc, set(others), []
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._complain(error.page.url, f"script failed: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("requestfailed", self._failed)

    def _complain(self, where, what):
        self.complaints.append(f"{where}: {what}")

    def _console(self, message):
        if message.type in ("error", "warning") and OF_THE_PAGE_ITSELF not in message.text:
            self._complain(message.page.url, message.text)

    def _request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc not in {self.host, *self.others}:
            self._complain(request.frame.url, f"asked another host: {request.url}")

    def _response(self, response):
        ours = urlsplit(response.url).netloc not in self.others
        if ours and response.status >= 400 and not response.request.is_navigation_request():
            self._complain(response.frame.url, f"{response.status} for {response.url}")

    def _failed(self, request):
        # A page that is left while it still loads gives up its requests; nothing is wrong with that.
        if request.failure != "net::ERR_ABORTED":
            self._complain(request.url, f"request failed: {request.failure}")
