"""Django's own `translate` and `url`, remembered where they say the same on every page of a language.

They are a quarter of what it costs to make a page, and what they say changes with a release alone: a process answers under one
prefix and one URLconf. To be loaded after the libraries that they come from; where something of a page goes into them, they
are Django's and asked each time.
"""

from django import template
from django.template.base import Variable
from django.template.defaulttags import url
from django.templatetags.i18n import do_translate
from django.utils.translation import get_language

register = template.Library()


class Remembered(template.Node):
    """A node that knows nothing of its page, and what it said in each language."""

    def __init__(self, node):
        self.node, self.said = node, {}

    def render(self, context):
        language = get_language()
        if language not in self.said:
            self.said[language] = self.node.render(context)
        return self.said[language]


@register.tag
def translate(parser, token):
    node = do_translate(parser, token)
    is_plain = not (node.asvar or node.message_context or node.noop)
    return Remembered(node) if is_plain and _is_literal(node.filter_expression) else node


@register.tag("url")
def address(parser, token):
    node = url(parser, token)
    is_plain = not (node.args or node.kwargs or node.asvar)
    return Remembered(node) if is_plain and _is_literal(node.view_name) else node


def _is_literal(expression):
    var = expression.var
    return not expression.filters and (isinstance(var, str) or isinstance(var, Variable) and var.literal is not None)
