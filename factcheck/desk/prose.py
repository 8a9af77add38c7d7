"""Explanations are written in Markdown and printed as HTML that is safe anywhere on the page."""

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "a", "h3", "h4", "code", "br", "hr"}


def to_html(markdown):
    """Sanitised HTML of a Markdown text: no raw HTML, no images, links to http and https only."""
    rendered = MarkdownIt("commonmark", {"html": False}).disable("image").render(markdown)
    return nh3.clean(
        rendered, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"}, link_rel="noopener noreferrer"
    )
