"""The parts of a workbook that are read, unpacked within limits and looked through for what could hurt."""

import io
import re
import zipfile
import zlib

from lib.own_numbers.table import UnreadableError

MOST_MEMBERS = 1_000
MOST_UNPACKED = 30 * 1024 * 1024
MOST_RATIO = 200
"""How many times its packed size a part may unpack to; text with much repetition comes to 30."""
MOST_TAGS = {"xl/worksheets/": 450_000, "xl/sharedstrings": 450_000, "xl/styles": 40_000, "": 15_000}
"""Tags of a part, by how its name begins. They bound the time that reading takes: an empty tag is four bytes."""
_CHUNK = 1 << 16
_SMALL = 1 << 16
# Pictures, queries, caches and macros are none of them, and are not unpacked.
_READ = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/workbook\d*\.xml\.rels|xl/(workbook|sharedStrings|styles)\d*\.xml"
    r"|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
# What Strict Open XML (ISO/IEC 29500-1) calls what everything else calls by the older names.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
DAMAGED = (
    "The workbook is damaged or incomplete: it cannot be unpacked. Open it in a spreadsheet, save it again as .xlsx "
    "or as CSV, and choose that file."
)
_BOMB = (
    "The workbook unpacks to far more than a table of areas needs ({what}), so it was not opened. Copy the table alone "
    "into a new workbook, or save it as CSV, and choose that file."
)


def parts(content: bytes) -> dict[str, bytes]:
    """Unpack the parts of a workbook that are read, piece by piece, and count, before anything looks at what they say.

    Parameters
    ----------
    content : bytes
        The file.

    Returns
    -------
    dict of str to bytes
        By name; those of a Strict workbook with the names that other workbooks use.

    Raises
    ------
    UnreadableError
        If it is no workbook, needs a password, or is more than reading should take.
    """
    by_name: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            _check_kind({member.filename for member in members}, packed)
            if len(members) > MOST_MEMBERS:
                raise UnreadableError(_BOMB.format(what=f"{len(members):,} parts"))
            members = [member for member in members if _READ.fullmatch(member.filename)]
            if any(member.flag_bits & 1 for member in members):
                raise UnreadableError("The workbook needs a password. Save it without one and choose it again.")
            if sum(member.file_size for member in members) > MOST_UNPACKED:
                raise UnreadableError(_BOMB.format(what=f"more than {MOST_UNPACKED >> 20} MB"))
            left = MOST_UNPACKED
            for member in members:
                part = _unpacked(packed, member, left)
                left -= len(part)
                for strict, usual in _STRICT:
                    part = part.replace(strict, usual)
                by_name[member.filename] = part
    except UnreadableError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise UnreadableError(DAMAGED) from error
    return by_name


def packed(files: dict[str, bytes]) -> io.BytesIO:
    """Return a package of nothing but some parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, part in files.items():
            new.writestr(name, part)
    made.seek(0)
    return made


def _check_kind(names: set[str], packed: zipfile.ZipFile) -> None:
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        kind = "It is a binary workbook (.xlsb)"
    elif "mimetype" in names and packed.getinfo("mimetype").file_size < 200:
        kind = "It is an OpenDocument file"
    elif "word/document.xml" in names or "ppt/presentation.xml" in names:
        kind = "It is a text or slides, not a workbook"
    else:
        kind = "It is a zip file without a workbook in it"
    raise UnreadableError(f"{kind}. Open it, save the table as .xlsx or CSV, and choose that file.")


def _unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """Return a part, counted while it is unpacked, not as it is declared."""
    name = member.filename.lower()
    most_tags = next(most for start, most in MOST_TAGS.items() if name.startswith(start))
    chunks: list[bytes] = []
    size = tags = 0
    end = b""
    with packed.open(member) as part:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise UnreadableError(_BOMB.format(what=f"more than {MOST_UNPACKED >> 20} MB"))
            if size > _SMALL and size > MOST_RATIO * max(member.compress_size, 1):
                raise UnreadableError(_BOMB.format(what=f"a part of it more than {MOST_RATIO} times its size"))
            tags += chunk.count(b"<")
            if tags > most_tags:
                raise UnreadableError(_BOMB.format(what=f"more than {most_tags:,} marks in one part"))
            _check_marks(end + chunk)
            end = chunk[-16:]
            chunks.append(chunk)
    return b"".join(chunks)


def _check_marks(chunk: bytes) -> None:
    # Workbooks define no entities of their own; in wide letters they could not be seen here.
    if re.search(rb"<!(DOCTYPE|ENTITY)", chunk, re.IGNORECASE) or b"\0" in chunk:
        raise UnreadableError(
            "The workbook defines its own abbreviations inside, which no spreadsheet writes, so it was not opened. "
            "Save the table as CSV and choose that file."
        )
