"""Cells of a row in the order that was chosen, each written once in the template."""

from django.template import Library, TemplateSyntaxError
from django.template.base import FilterExpression, Node, NodeList, Parser, TextNode, Token
from django.template.context import Context
from django.utils.safestring import SafeString

register = Library()


class CellsNode(Node):
    """Draws the parts whose keys are in ``order``, in that order."""

    child_nodelists = ()

    def __init__(self, order: FilterExpression, parts: dict[str, NodeList]) -> None:
        self.order = order
        self.parts = parts

    def render(self, context: Context) -> SafeString:
        """Draw a row's cells."""
        parts = self.parts
        return SafeString(
            "".join(parts[key].render(context) for key in self.order.resolve(context))
        )


@register.tag
def cells(parser: Parser, token: Token) -> CellsNode:
    """Draw each ``{% cell "key" %}`` up to ``{% endcells %}`` in the order of a list of keys.

    It costs no more than the ``if`` for each column that it replaces.

    Example:
        >>> from django.template import Context, Engine
        >>> engine = Engine(libraries={"cells": "innpass.web.overview.templatetags.cells"})
        >>> engine.from_string(
        ...     "{% load cells %}{% cells keys %}{% cell 'a' %}1{% cell 'b' %}2{% endcells %}"
        ... ).render(Context({"keys": ["b", "a"]}))
        '21'
    """
    _tag, order = token.split_contents()
    parts: dict[str, NodeList] = {}
    before = parser.parse(("cell", "endcells"))
    if any(not isinstance(node, TextNode) or node.s.strip() for node in before):
        raise TemplateSyntaxError("before the first cell nothing may stand")
    part = parser.next_token()
    while part.split_contents()[0] == "cell":
        key = part.split_contents()[1].strip("\"'")
        parts[key] = parser.parse(("cell", "endcells"))
        part = parser.next_token()
    return CellsNode(parser.compile_filter(order), parts)
