"""What a browser fetches that comes for the first time."""

from playwright.sync_api import Browser, Request


def fetched(browser: Browser, address: str, path: str = "") -> dict[str, int]:
    """Open a map with an empty cache; return the bytes of each file, with the head, until the map stands."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, requests = context.new_page(), list[Request]()

    def note(request: Request) -> None:
        if request.url.startswith(address):
            requests.append(request)

    page.on("requestfinished", note)
    page.goto(address + path)
    page.locator(".fp-ground .fp-labels text").first.wait_for(state="attached", timeout=120_000)
    page.wait_for_load_state("networkidle")
    sizes = [(request.url, request.sizes()) for request in requests]
    context.close()
    return {url: size["responseBodySize"] + size["responseHeadersSize"] for url, size in sizes}
