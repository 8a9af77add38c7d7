"""What every answer of ours must carry, whoever asked and whatever came of it."""

import re

NOBODY = "frame-ancestors 'none'"
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    NOBODY,
}
OF_A_FILE = {"default-src 'none'", "sandbox"}  # what came from outside, handed out as it is: it may do nothing at all


def missing_headers(answer, staff=False, framed_by=""):
    """What is wrong with the headers of an answer, a line each. A page of the staff owes more than a reader's.

    `framed_by` is who may frame it, where somebody may; nothing else is different then.
    """
    headers = answer.headers
    owed = {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "no-referrer" if staff else "same-origin",
    }
    if framed_by:
        del owed["X-Frame-Options"]
    wrong = [f"{name}: {headers.get(name)}" for name, value in owed.items() if headers.get(name) != value]
    policy = set(headers.get("Content-Security-Policy", "").split("; "))
    ours = POLICY - {NOBODY} | {f"frame-ancestors {framed_by}"} if framed_by else POLICY
    if policy not in (ours, OF_A_FILE) or (framed_by and "X-Frame-Options" in headers):
        wrong.append(f"Content-Security-Policy: {policy ^ ours}")
    if staff and "no-store" not in headers.get("Cache-Control", ""):
        wrong.append(f"Cache-Control: {headers.get('Cache-Control')}")
    cookies = {name: cookie["path"] for name, cookie in answer.cookies.items()}
    wrong += [f"cookie {name} for {path}" for name, path in cookies.items() if not staff or path != "/desk/"]
    return wrong


def strangers_told(answer):
    """Links of a page to other sites that tell them where somebody came from, or hold a hand on this window."""
    if "html" not in answer.headers.get("Content-Type", ""):
        return []
    links = re.findall(r"<a\b[^>]*\bhref=\"https?://[^>]*>", answer.content.decode())
    return [link for link in links if not {"noopener", "noreferrer"} <= set(re.findall(r"[\w-]+", _rel(link)))]


def _rel(link):
    found = re.search(r"\brel=\"([^\"]*)\"", link)
    return found[1] if found else ""
