"""Access tokens of the local issuer for the CLI and the tests."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request

from sevenx.local.errors import LocalError
from sevenx.local.home import Home


def token(home: Home, sub: str) -> str:
    """A bearer token for an office (`410804-commerce-bureau`) or a person (`410804-N-…`), good for 15 minutes.

    LocalError when the issuer does not run or does not know the subject.
    """
    form = {"grant_type": "client_credentials", "client_id": sub, "client_secret": home.client_secret}
    request = urllib.request.Request(f"{home.issuer_url}/token", urllib.parse.urlencode(form).encode())  # noqa: S310
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            return str(json.load(answer)["access_token"])
    except urllib.error.HTTPError as error:
        with error:
            raise LocalError(f"no token for {sub}: {json.load(error)['error_description']}") from error
    except OSError as error:
        raise LocalError(f"the issuer at {home.issuer_url} does not answer ({error}); type: sevenx up") from error
