"""What indents the lines of a template is not sent."""

import pytest

from models_catalog.pages.rendering.environment import environment


@pytest.mark.parametrize(
    ("template", "sent"),
    [
        ("<ul>\n    <li>a</li>\n</ul>", "<ul>\n<li>a</li>\n</ul>"),
        ("a{% if true %} b{% endif %} c", "a b c"),
        ("{% if true %}\n    {{ 'x' }}\n  {% endif %}y", "\nx\ny"),
        ("<p>\n  <pre>one\n    two</pre></p>", "<p>\n<pre>one\n    two</pre></p>"),
        ("{{ 'a\n  b' }}", "a\n  b"),
        ("{% trans %}one\n  two{% endtrans %}", "one\n  two"),
    ],
)
def test_only_indentation_is_left_out(template: str, sent: str) -> None:
    assert environment().from_string(template).render() == sent
