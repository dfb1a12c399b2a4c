"""Pages of a list that a form asks for: ASP.NET's `__doPostBack`, and functions that set a field and submit.

Only the next page is asked, by the fields that the page itself would send: its answer holds the state for another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode, urljoin

import lxml.html

from crawler.families.model import ListRequest, ReadDocument
from crawler.families.pagers import NEXT_WORDS, NUMBER_WORDS
from crawler.parsing.calls import FUNCTION, read_call
from crawler.parsing.doors import squeeze, text_of

POSTBACK = re.compile(r"""__doPostBack\(\s?['"]([^'"]{1,200})['"]\s?,\s?['"]([^'"]{0,200})['"]""")
SUBMITS = re.compile(r"\.submit\s?\(")
NAME = r"[\w$:-]{1,80}"
SETS = re.compile(
    rf"""(?:(?:getElementById|getElementsByName)\(\s?['"]({NAME})['"]\s?\)(?:\[0\])?|\$\(\s?['"]#({NAME})['"]\s?\)|"""
    rf"""\.({NAME})|elements\[['"]({NAME})['"]\])\.(?:value\s?=(?!=)\s?|val\()([\w$'"+-]{{1,60}})"""
)
DOORS = ("a", "input", "button", "span", "li", "img")
FORM_TYPE = (("Content-Type", "application/x-www-form-urlencoded"),)
MAX_FIELDS = 60
BODY = 1500
"""Characters of a function that are read."""


def posted_requests(document: ReadDocument, family: str, page: int) -> list[ListRequest]:
    """Return the request for the page after `page` that a form of the page would send; none without such a form."""
    for door in next_doors(document.tree, page + 1):
        script = f"{door.get('href') or ''} {door.get('onclick') or ''}"
        fields = postback_fields(script) or submitted_fields(document, script)
        if fields and (request := request_of(document, fields, family, page + 1)):
            return [request]
    return []


def next_doors(tree: lxml.html.HtmlElement, number: int) -> Iterator[lxml.html.HtmlElement]:
    """Yield what a reader clicks to come to a page: 下一页 first, then its number."""
    numbered = []
    for door in tree.iter(*DOORS):
        if "(" not in (door.get("href") or "") + (door.get("onclick") or ""):
            continue
        words = squeeze(text_of(door)) or door.get("value") or door.get("alt") or door.get("title") or ""
        if NEXT_WORDS.match(words):
            yield door
        elif (match := NUMBER_WORDS.match(words)) and int(match[1]) == number:
            numbered.append(door)
    yield from numbered


def postback_fields(script: str) -> dict[str, str]:
    """Return the fields that ASP.NET's own function sets; none when the script does not call it."""
    match = POSTBACK.search(script)
    return {"__EVENTTARGET": match[1], "__EVENTARGUMENT": match[2]} if match else {}


def submitted_fields(document: ReadDocument, script: str) -> dict[str, str]:
    """Return the fields that a script sets before it submits a form, itself or by a function of the page."""
    if SUBMITS.search(script):
        return set_fields(script, {})
    call = next((found for part in script.split() if (found := read_call(part))), None)
    if call is None:
        return {}
    for element in document.tree.iter("script"):
        for head in FUNCTION.finditer(element.text or ""):
            if call.name not in (head[1], head[3]):
                continue
            body = (element.text or "")[head.end() : head.end() + BODY].partition("function ")[0]
            names = [name.strip() for name in (head[2] or head[4] or "").split(",")]
            return set_fields(body, dict(zip(names, call.arguments, strict=False))) if SUBMITS.search(body) else {}
    return {}


def set_fields(script: str, known: dict[str, str]) -> dict[str, str]:
    """Return the fields a script sets to a text, a number or a known argument."""
    found = {}
    for *names, written in SETS.findall(script):
        value = known.get(written, written.strip("'\"") if written[0] in "'\"" or written.isdigit() else None)
        if value is not None:
            found[next(filter(None, names))] = value
    return found


def request_of(document: ReadDocument, fields: dict[str, str], family: str, page: int) -> ListRequest | None:
    """Return the request of the form that has one of the fields; None when no harmless form has."""
    for form in document.tree.iter("form"):
        inputs = [element for element in form.iter("input") if element.get("name") or element.get("id")]
        kinds = {(element.get("type") or "text").lower() for element in inputs}
        by_id = {element.get("id") or "": element.get("name") or element.get("id") or "" for element in inputs}
        sent = {
            element.get("name") or element.get("id") or "": element.get("value") or ""
            for element in inputs
            if (element.get("type") or "").lower() == "hidden"
        }
        chosen = {by_id.get(name) or name: value for name, value in fields.items()}
        known = {element.get("name") or element.get("id") for element in inputs}
        is_aspx = "__EVENTTARGET" in chosen and "__VIEWSTATE" in sent
        if not (is_aspx or known.issuperset(chosen)) or "password" in kinds or len(sent) > MAX_FIELDS:
            continue
        query = urlencode(sent | chosen)
        url = urljoin(document.base_url, form.get("action") or document.url)
        if (form.get("method") or "get").lower() == "post":
            return ListRequest(url=url, method="POST", headers=FORM_TYPE, body=query, family=family, page=page)
        return ListRequest(url=f"{url.partition('?')[0]}?{query}", family=family, page=page)
    return None
