"""Where a site may be baked: an empty folder, or one that was baked before, and never one in which something else is at home."""

from .tree import OWN, Stopped, Tree


def prepared(folder, settings, only_looked_at=False):
    """The Tree of a folder, made where it is not there yet. Raises Stopped for a folder that is no place for it."""
    folder = folder.absolute()
    for home in (settings.VAR_DIR, settings.STATIC_ROOT, settings.BASE_DIR):
        if folder.resolve().is_relative_to(home.resolve()):
            raise Stopped(f"{folder} lies in {home}, which is the program's own. Bake into a folder of its own.")
    tree = Tree(folder)
    if not tree.own.is_dir():
        _refuse_what_is_no_new_place(folder, only_looked_at)
    try:
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        tree.own.mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        raise Stopped(f"{folder} cannot be made or written to: {problem.strerror}.") from problem
    return tree


def _refuse_what_is_no_new_place(folder, only_looked_at):
    if only_looked_at:
        raise Stopped(f"{folder} holds no baked site: it has no {OWN} in it.")
    try:
        if folder.exists() and any(folder.iterdir()):
            raise Stopped(
                f"{folder} is not empty, and nothing was ever baked into it. Choose another, or empty it yourself."
            )
    except OSError as problem:
        raise Stopped(f"{folder} cannot be read: {problem.strerror}.") from problem
