"""Where calls of a page's own functions lead."""

from __future__ import annotations

import pytest

from crawler.parsing.calls import Call, address_of_call, read_call, read_functions

LEADS = {
    "a text and an argument": ("function f(id){window.open('/doc/'+id+'.html')}", "f('77')", "/doc/77.html"),
    "a number": ('function f(n){ location.href = "list.jsp?page=" + n; }', "javascript:f(3)", "list.jsp?page=3"),
    "two arguments": ("var f=function(a, b){location.replace('/'+a+'/'+b+'/')};", "return f('x','y')", "/x/y/"),
    "a variable set in it": ("function f(i){var u='/d/'+i;\nopen(u);}", "f(5)", "/d/5"),
    "a variable set before": ("var root='/zwgk/';function f(i){open(root+i+'.htm')}", "f(5)", "/zwgk/5.htm"),
    "the second of several": ("function g(i){alert(i)} function f(i){open('/f/'+i)}", "f(1)", "/f/1"),
    "none it needs": ("function f(){location='/nb/'}", "f()", "/nb/"),
    "an unknown variable": ("function f(i){open(base+i)}", "f(1)", None),
    "another function's result": ("function f(i){open(make(i))}", "f(1)", None),
    "an argument too few": ("function f(a,b){open('/'+a+b)}", "f(1)", None),
    "a function that opens nothing": ("function f(i){show(i)}", "f(1)", None),
    "a script of no function": ("var text='a function of the office';", "f(1)", None),
    "a variable that names itself": ("function f(i){var u=u+i;open(u)}", "f(1)", None),
}


@pytest.mark.parametrize(("source", "written", "address"), LEADS.values(), ids=LEADS)
def test_where_a_call_leads(source: str, written: str, address: str | None) -> None:
    call = read_call(written)
    assert call is not None
    assert address_of_call(call, read_functions([source])) == address


@pytest.mark.parametrize("written", ["", "this.blur()", "f(this)", "f(a)", "f('a'", "f(g(1))", "javascript:void 0"])
def test_what_is_no_plain_call(written: str) -> None:
    assert read_call(written) in (None, Call("blur", ()))


def test_a_function_that_does_something_leads_nowhere() -> None:
    sources = [
        'function zan(n){$.get("/zan/"+n)}',
        'function count(n){$.get("/api/hits?id="+n)}',
        'function year(y){$.get("/static/y/"+y)}',
    ]
    assert set(read_functions(sources)) == {"year"}
