"""QR codes of links."""

QUIET = 4
"""Modules of white that a reader of the code wants around it."""


def squares(link: str) -> tuple[int, list[tuple[int, int]]]:
    """Return the QR code of a link: modules a side, and column and row of the dark ones."""
    # Who starts the server need not wait for the PDF library.
    from reportlab.graphics.barcode import qrencoder

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(link)
    code.make()
    count = code.getModuleCount()
    return count, [(column, row) for row in range(count) for column in range(count) if code.isDark(row, column)]


def svg(link: str) -> str:
    """Return the QR code of a link as SVG."""
    count, dark = squares(link)
    side = count + 2 * QUIET
    path = "".join(f"M{column + QUIET} {row + QUIET}h1v1h-1z" for column, row in dark)
    return (
        f'<svg class="code" role="img" aria-label="QR code of the link" viewBox="0 0 {side} {side}" '
        f'shape-rendering="crispEdges"><path d="{path}"/></svg>'
    )
