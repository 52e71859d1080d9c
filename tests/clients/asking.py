"""What a reader of the API would write with the generated Python client; run with its folder and the site's address."""

import json
import sys
from importlib import import_module

sys.path.insert(0, sys.argv[1])
baimo = import_module("baimo_client")
models, claims = import_module("baimo_client.api.models"), import_module("baimo_client.api.claims")
get, ask = (import_module(f"{models.__name__}.{name}") for name in ("get_models", "list_models"))
every = import_module(f"{claims.__name__}.list_claims")
known = import_module("baimo_client.models")
kinds, sorts = known.ListModelsKindItem, known.ListModelsSort

client = baimo.Client(base_url=sys.argv[2], raise_on_unexpected_status=True)
listed = ask.sync(
    client=client,
    parameters_min="千亿",
    sort=sorts("-parameters"),
    page_size=200,
    kind=[kinds.MODEL, kinds.FAMILY],
)
one = get.sync("wenxin-yiyan", client=client)
then = get.sync("wenxin-yiyan", client=client, release=1)
said = every.sync(client=client, model=["wenxin-yiyan"], page_size=200)
refused = ask.sync(client=client, parameters_min="gross")

sys.stdout.write(
    json.dumps(
        {
            "types": [type(found).__name__ for found in (listed, listed.results[0], one, said, refused)],
            "count": listed.count,
            "largest": listed.results[0].parameters_low,
            "name": one.name_zh,
            "claims": len(one.claims),
            "then": len(then.claims),
            "refused": refused.status,
        }
    )
)
