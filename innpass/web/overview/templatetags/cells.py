"""Cells of a row in the order that was chosen; a row that has been drawn is not drawn again."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.template import Library, TemplateSyntaxError
from django.template.base import FilterExpression, Node, NodeList, Parser, TextNode, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = Library()

# A row's markup is some three kilobytes.
_MOST_KEPT = 4000


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


class OnceNode(Node):
    """Draws what depends on some values only once for these values, in each language.

    To draw fifty rows takes longer than to find them, and most are as they were a minute ago.
    """

    def __init__(self, values: list[FilterExpression], nodelist: NodeList) -> None:
        self.values = values
        self.nodelist = nodelist
        self._kept: Callable[..., Any] = lru_cache(maxsize=_MOST_KEPT)(lambda _key: [None])

    def render(self, context: Context) -> SafeString:
        """Return what was drawn for these values, or draw it."""
        key = get_language(), *(value.resolve(context) for value in self.values)
        kept = self._kept(key)
        if kept[0] is None:
            kept[0] = self.nodelist.render(context)
        return SafeString(kept[0])


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """Draw up to ``{% endonce %}`` what depends on nothing but the hashable values that are named.

    Example:
        >>> from django.template import Context, Engine
        >>> engine = Engine(libraries={"cells": "innpass.web.overview.templatetags.cells"})
        >>> drawn = engine.from_string("{% load cells %}{% once row %}{{ row }}{% endonce %}")
        >>> drawn.render(Context({"row": 1})), drawn.render(Context({"row": 2}))
        ('1', '2')
    """
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(values, nodelist)
