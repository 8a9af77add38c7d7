"""Pages in Redis or Valkey, for all processes: never a reason to fail, and never anything that is run when it is read."""

import json

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError


class Plain:
    """A page as its headers in JSON and its bytes, where Django's own form would be a program that whoever writes there runs."""

    def dumps(self, page):
        content, headers = page
        return json.dumps(headers).encode() + b"\n" + content

    def loads(self, data):
        headers, _, content = data.partition(b"\n")
        return content, json.loads(headers)


class Pages(RedisCache):
    """Where the server is away or slow, pages are made as if nothing had been kept."""

    def get(self, *args, **kwargs):
        try:
            return super().get(*args, **kwargs)
        except (RedisError, ValueError):
            return None

    def set(self, *args, **kwargs):
        try:
            super().set(*args, **kwargs)
        except RedisError:
            return
