"""Files that are the same for all views: tables, outlines, a workbook, everything in one archive."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lib import start_up
from lib.hosts import library
from lib.hosts.web.answers import Answers, Content

_PACKED = (".zip", ".xlsx")


def routes(answers: Answers) -> list[Route]:
    """Return the route of all of them."""

    async def answer(request: Request) -> Response:
        name = request.path_params["name"]
        if start_up.problems():
            return Response("The data files are not the ones that were built.\n", 503, media_type="text/plain")

        def make() -> Content:
            body, media_type = library.file(name)
            headers = {"Content-Disposition": f'attachment; filename="{name}"', "Access-Control-Allow-Origin": "*"}
            # The archive is kept once already, where it is made.
            return Content(body, media_type, headers, keep=len(body) < 1_000_000, packed=name.endswith(_PACKED))

        try:
            return await answers.answer(request, f"file {name}", make)
        except LookupError as error:
            return Response(f"{error.args[0]}\n", 404, media_type="text/plain")

    return [Route("/files/{name}", answer, methods=["GET", "HEAD"])]
