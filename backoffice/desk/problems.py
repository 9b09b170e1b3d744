"""What the desk says where an address or a form is not answered: a page, not a line of JSON."""

from fastapi import Request, Response
from fastapi.exception_handlers import http_exception_handler
from starlette.exceptions import HTTPException

from backoffice.desk.drawing import plain
from backoffice.desk.guard import spoken

MISREAD = "This address or form is not as it should be / 网址或表单内容有误，请返回重试"


async def misread(request: Request, _: Exception) -> Response:
    """What did not fit its form is not quoted: it may be a password."""
    return await problem(request, HTTPException(422, MISREAD))


async def problem(request: Request, fault: Exception) -> Response:
    """For people at the desk; every other side is answered as usual."""
    assert isinstance(fault, HTTPException), fault
    moved = bool(fault.headers and "Location" in fault.headers)
    if moved or not request.url.path.startswith("/desk"):
        return await http_exception_handler(request, fault)
    return plain(spoken(request), "problem", fault.status_code, here="", what=str(fault.detail))
