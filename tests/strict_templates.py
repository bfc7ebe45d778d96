"""Lets a template of the project fail where it asks for something that is not there.

Django writes nothing for a missing name or attribute in ``{{ … }}``, and takes it as None in
``{% if %}``, ``{% for %}`` and ``{% with %}``, where no setting complains. A template that asks for
an attribute which was renamed then says something false. With these expressions it raises.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.template import Context, VariableDoesNotExist
from django.template.base import FilterExpression, Origin, Parser, TokenType, Variable
from django.templatetags.i18n import BlockTranslateNode
from django.utils.safestring import SafeString


class MissingValueError(BaseException):
    """A template asked for a name or an attribute that its context does not have.

    Not an `Exception`, because `and`, `or` and `not` of ``{% if %}`` take each of these as false.
    """


@dataclass(frozen=True, slots=True)
class StrictVariable:
    """A variable that raises where Django would pass over what is missing."""

    variable: Variable
    template: str

    def resolve(self, context: Context) -> Any:
        try:
            return self.variable.resolve(context)
        except VariableDoesNotExist as error:
            if isinstance(error.params[-1], QueryDict):
                return None  # A reader's address may lack any parameter.
            raise MissingValueError(f"{self.template}: {self.variable.var}: {error.msg}") from error


def own_template(origin: Origin | None) -> str:
    """The name of a template of the project below `templates/`; empty for any other."""
    file = Path(str(getattr(origin, "name", "")))
    folder = Path(settings.BASE_DIR) / "templates"
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else ""


def _strict(value: Any, template: str) -> Any:
    return StrictVariable(value, template) if isinstance(value, Variable) else value


def compile_filter(parser: Parser, token: str) -> FilterExpression:
    """What `Parser.compile_filter` does, with strict variables in the project's own templates."""
    expression: Any = FilterExpression(token, parser)
    if template := own_template(parser.origin):
        expression.var = _strict(expression.var, template)
        expression.filters = [
            (
                function,
                [(is_variable, _strict(value, template)) for is_variable, value in given],
            )
            for function, given in expression.filters
        ]
    result: FilterExpression = expression
    return result


_render_block = BlockTranslateNode.render


def render_block(block: BlockTranslateNode, context: Context, nested: bool = False) -> SafeString:
    """What `BlockTranslateNode.render` does, but each name in the words must be there."""
    named = {*block.extra_context, block.countervar, block.asvar}
    if template := own_template(block.origin):
        for token in (*block.singular, *(block.plural or ())):
            is_name = token.token_type == TokenType.VAR
            if is_name and token.contents not in named and token.contents not in context:
                raise MissingValueError(f"{template}: {token.contents}")
    return _render_block(block, context, nested)


def install() -> None:
    """Compile all templates with strict expressions from now on."""
    Parser.compile_filter = compile_filter  # type: ignore[method-assign]
    BlockTranslateNode.render = render_block  # type: ignore[method-assign]
