"""Who is at the desk, what they may do, and that a form is one of ours.

Law of the file: every route but sign-in takes a `Visit`; every form carries its session's key, and
comes from our own origin where the browser says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hmac import compare_digest
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData

from backoffice.office import Office
from backoffice.people import Person, Role, person_of
from backoffice.web import language_of

COOKIE = "desk"
LANGUAGE = "desk_language"


@dataclass(frozen=True)
class Visit:
    """One request of somebody who is signed in."""

    office: Office
    person: Person
    language: str


def spoken(request: Request) -> str:
    """The language somebody chose, else the browser's."""
    return language_of(
        request.cookies.get(LANGUAGE, ""), request.headers.get("Accept-Language", "")[:500]
    )


def visit(request: Request) -> Visit:
    """Whoever is signed in. Others are led to sign in, and back again."""
    office: Office = request.app.state.office
    with office.reading() as session:
        person = person_of(session, request.cookies.get(COOKIE, ""), office.clock())
    if person is None:
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        wanted = quote(here if request.method == "GET" else "/desk", safe="")
        raise HTTPException(303, headers={"Location": f"/desk/sign-in?next={wanted}"})
    return Visit(office, person, spoken(request))


def visitor(role: Role) -> Callable[[Visit], Visit]:
    """A visit of somebody who may do what `role` may."""

    def allowed(who: Annotated[Visit, Depends(visit)]) -> Visit:
        if not who.person.role.covers(role):
            raise HTTPException(403, "Your role does not allow this / 您的角色无此权限")
        return who

    return allowed


async def form_of(request: Request, who: Annotated[Visit, Depends(visit)]) -> FormData:
    """A form of this session. Raises HTTPException for one that came from elsewhere."""
    form = await request.form(max_files=0, max_fields=40)
    key = form.get("key")
    if not isinstance(key, str) or not compare_digest(key.encode(), who.person.form_key.encode()):
        raise HTTPException(
            403, "This form is too old: open the page again / 表单已过期，请重新打开"
        )
    if not same_origin(request):
        raise HTTPException(403, "This form came from elsewhere / 表单来源不符")
    return form


def same_origin(request: Request) -> bool:
    """Whether the browser says that this came from us; one that says nothing is believed."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin", "")
    if site not in ("same-origin", "none"):
        return False
    return not origin or urlsplit(origin).netloc == request.headers.get("Host", "")


def text_of(form: FormData, name: str, longest: int = 200) -> str:
    """A field's text, trimmed, without control characters."""
    found = form.get(name)
    return printable(found if isinstance(found, str) else "", longest)


def printable(text: str, longest: int) -> str:
    """The same of any text: no database is asked for what it cannot hold."""
    return "".join(one for one in text.strip() if one.isprintable())[:longest]


Viewing = Annotated[Visit, Depends(visitor(Role.VIEWER))]
Reviewing = Annotated[Visit, Depends(visitor(Role.REVIEWER))]
Managing = Annotated[Visit, Depends(visitor(Role.MANAGER))]
Form = Annotated[FormData, Depends(form_of)]
