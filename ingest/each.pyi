from typing_extensions import Buffer

SOURCES: str

def said(function: int, handle: int, firsts: Buffer, kind: str, results: Buffer, /) -> None: ...
def written(
    function: int,
    handle: int,
    firsts: Buffer,
    pointers: int,
    size: int,
    rows: Buffer,
    results: Buffer,
    /,
) -> None: ...
