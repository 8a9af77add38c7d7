"""The Content-Security-Policy of every page, written once when the process starts. A view that asks for another gets its own."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy


class WrittenOnce(CSPMiddleware):
    """django-csp's middleware without the work of each answer. There are no nonces, because nothing is ever inline."""

    def __init__(self, get_response):
        super().__init__(get_response)
        self.policy = "; ".join(sorted(build_policy().split("; ")))

    def process_request(self, request):
        return None

    def process_response(self, request, response):
        if HEADER in response.headers or any(name.startswith("_csp_") for name in vars(response)):
            return super().process_response(request, response)
        response.headers[HEADER] = self.policy
        return response
