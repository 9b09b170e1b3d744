"""In and out, and the language."""

from functools import partial
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from backoffice import people
from backoffice.desk import words
from backoffice.desk.drawing import HEADERS, plain
from backoffice.desk.guard import COOKIE, LANGUAGE, Viewing, form_of, same_origin, spoken
from backoffice.office import Office
from backoffice.rates import TooOften
from backoffice.web import address_of
from backoffice.words import say
from backoffice.wrong_passwords import Whence

Text = Annotated[str, Form(max_length=200)]
KNOWN_S = 400 * 86_400  # no browser keeps one for longer (draft-ietf-httpbis-rfc6265bis, 5.5)
Next = Annotated[str, Query(alias="next", max_length=500)]


def router(office: Office) -> APIRouter:
    routes = APIRouter()
    secure = office.settings.public.https

    @routes.get("/sign-in")
    def ask(request: Request, wanted: Next = "/desk") -> Response:
        return plain(spoken(request), "sign_in", here="", wrong="", next=_ours(wanted))

    @routes.post("/sign-in")
    def sign_in(
        request: Request,
        name: Text,
        password: Text,
        wanted: Annotated[str, Form(alias="next", max_length=500)] = "/desk",
    ) -> Response:
        language = spoken(request)
        if not same_origin(request):
            raise HTTPException(403, "This form came from elsewhere / 表单来源不符")

        def again(wrong: str) -> Response:
            return plain(language, "sign_in", 403, here="", wrong=wrong, next=_ours(wanted))

        known = _known(name)
        whence = Whence(address_of(request), request.cookies.get(known, ""))
        try:
            came = people.sign_in(office, name, password, whence)
        except TooOften as often:
            return again(say(words.LABELS["too_often"], language).format(often.seconds))
        if came is None:
            return again(say(words.LABELS["wrong"], language))
        answer = RedirectResponse(_ours(wanted), 303, HEADERS)
        keep = partial(answer.set_cookie, secure=secure, httponly=True, samesite="strict")
        keep(COOKIE, came.cookie, path="/desk")
        keep(known, came.kept, KNOWN_S, path="/desk/sign-in")
        return answer

    @routes.post("/sign-out")
    def sign_out(
        request: Request, who: Viewing, _: Annotated[FormData, Depends(form_of)]
    ) -> Response:
        cookie = request.cookies.get(COOKIE, "")
        office.write(lambda tx: people.sign_out(tx, cookie, who.person.name))
        answer = RedirectResponse("/desk/sign-in", 303, HEADERS)
        answer.delete_cookie(COOKIE, path="/desk")
        return answer

    @routes.get("/language")
    def language(request: Request, to: Annotated[str, Query(max_length=2)] = "zh") -> Response:
        back = request.headers.get("Referer", "")
        path = "/desk" + back.split("/desk", 1)[1] if "/desk" in back else "/desk"
        answer = RedirectResponse(_ours(path), 303, HEADERS)
        if to in ("zh", "en"):
            answer.set_cookie(LANGUAGE, to, path="/desk", secure=secure, samesite="strict")
        return answer

    return routes


def _known(name: str) -> str:
    """A browser keeps a cookie for each person who signed in with it, by no name."""
    return f"desk_known_{sha256(name.strip().encode()).hexdigest()[:16]}"


def _ours(path: str) -> str:
    """A path of the desk; anything else (another host) is led to its front."""
    sound = path == "/desk" or path.startswith(("/desk/", "/desk?"))
    return path if sound and path.isprintable() and "\\" not in path else "/desk"
