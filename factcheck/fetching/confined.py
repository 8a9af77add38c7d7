"""The limits of a process that works on what came from outside: they hold whatever is in the file."""

import resource

MEMORY = 2 * 1024**3  # bytes
SECONDS = 30  # of the processor


def confine(memory=MEMORY, seconds=SECONDS, written=None):
    """Bind this process for good: `memory` in bytes, `seconds` of the processor, `written` in bytes a file, no core dump."""
    limits = {resource.RLIMIT_AS: memory, resource.RLIMIT_CPU: seconds, resource.RLIMIT_CORE: 0}
    if written is not None:
        limits[resource.RLIMIT_FSIZE] = written
    for what, most in limits.items():
        resource.setrlimit(what, (most, most))
