"""An identity provider on this machine: it describes itself, lets one person log in, and signs what it says of them."""

import json
import threading
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "newsroom", "a secret"


class IdentityProvider:
    """`claims` are laid over what it says truly; `key` is what it signs with, its published key unless told otherwise."""

    def __init__(self):
        self.published = self.key = RSAKey.generate_key(2048, {"kid": "one"}, auto_kid=False)
        self.claims, self.description, self.userinfo = {}, {}, {}
        self.codes, self.spoilt, self.kid = {}, set(), "one"
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"provider": self}))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}/realm"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *problem):
        self.close()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def described(self):
        ends = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
        addresses = {name: f"{self.issuer}/{name}" for name in ends}
        signed = {"id_token_signing_alg_values_supported": ["RS256", "none"]}
        return {"issuer": self.issuer, **addresses, **signed, **self.description}

    def log_in(self, location):
        """Somebody follows the link and logs in here. Returns the address that they are sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form):
        asked = self.codes.pop(form.get("code"), None)
        challenge = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if not asked or challenge != asked["code_challenge"] or asked["code_challenge_method"] != "S256":
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        true = {"iss": self.issuer, "aud": CLIENT, "sub": "u-1", "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        if "max_age" in asked:
            true["auth_time"] = now
        said = {name: value for name, value in {**true, **self.claims}.items() if value is not None}
        signed = jwt.encode({"alg": "RS256", "kid": self.kid}, said, self.key)
        return 200, {"access_token": "t", "token_type": "Bearer", "id_token": signed}


class _Handler(BaseHTTPRequestHandler):
    provider = None

    def do_GET(self):
        if self.path.startswith("/realm/authorization_endpoint?"):
            self._page(self.provider.log_in(self.path))
            return
        answers = {
            "/realm/.well-known/openid-configuration": self.provider.described,
            "/realm/jwks_uri": lambda: {"keys": [self.provider.published.as_dict(private=False)]},
            "/realm/userinfo_endpoint": lambda: self.provider.userinfo,
        }
        self._answer(200, answers[self.path]())

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._answer(*self.provider.token({name: values[0] for name, values in sent.items()}))

    def _answer(self, status, value):
        spoilt = self.path.rpartition("/")[2] in self.provider.spoilt
        body = b"<h1>Sorry" if spoilt else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _page(self, back):
        """What a person meets in a browser: one click, and it is them."""
        body = f'<!doctype html><html lang="en"><title>Provider</title><h1>Provider</h1><a href="{escape(back)}">It is me</a>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        """Says nothing."""
