"""Gunicorn's own logs, under the rule of `logs`: the errors it writes, and the accesses where somebody switches them on."""

import logging

from gunicorn.glogging import Logger

from .logs import WithoutWords, without_tokens


class _Scrubbed(logging.Filter):
    """Makes up the line before any handler does."""

    def filter(self, record):
        record.msg, record.args = without_tokens(record.getMessage()), None
        if record.exc_info:
            record.exc_text = WithoutWords().formatException(record.exc_info)
        return True


SCRUBBED = _Scrubbed()


class ServerLog(Logger):
    """What `serving` names as gunicorn's logger."""

    def setup(self, cfg):
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.addFilter(SCRUBBED)
