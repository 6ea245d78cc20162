"""The import."""

from tests.web.access.address import ADVISER, CASEWORKERS, SUPERVISOR, Address, batch

ADDRESSES = [
    Address("imports:imports", CASEWORKERS),
    Address("imports:upload", CASEWORKERS),
    Address("imports:upload", CASEWORKERS, method="post", status=422, about="without files"),
    Address("imports:batch", CASEWORKERS, batch("ready"), about="ready"),
    Address("imports:batch", CASEWORKERS, batch("applied"), about="applied"),
    Address("imports:batch", CASEWORKERS, batch("abroad"), status=404, about="abroad"),
    *(
        address
        for act in ("apply", "cancel")
        for address in (
            # The ready one is the refugee department's file.
            Address(
                f"imports:{act}",
                {SUPERVISOR, ADVISER},
                batch("ready"),
                method="post",
                status=302,
            ),
            Address(
                f"imports:{act}",
                CASEWORKERS,
                batch("abroad"),
                method="post",
                status=404,
                about="abroad",
            ),
        )
    ),
    # The ready one knows whose its file is, so the answer is a sentence on its page.
    Address("imports:owner", CASEWORKERS, batch("ready"), method="post", status=302),
    Address(
        "imports:owner", CASEWORKERS, batch("abroad"), method="post", status=404, about="abroad"
    ),
]
