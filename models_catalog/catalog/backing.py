"""How well the values of entries are backed, read from their claims."""

from typing import Final

from models_catalog.models.claim import PUBLIC_CLAIM

_BACKED: Final = """
WITH backed AS MATERIALIZED (SELECT claim.entry_id, array_remove(ARRAY[
    CASE WHEN bool_and(claim.basis = 'stated' AND claim.status = 'accepted') FILTER (WHERE claim.field <> 'name')
        THEN 'stated' END,
    CASE WHEN bool_or(claim.basis = 'inferred') FILTER (WHERE claim.field <> 'name') THEN 'inferred' END,
    CASE WHEN bool_or(claim.basis = 'curator') FILTER (WHERE claim.field <> 'name') THEN 'curator' END,
    CASE WHEN bool_or(claim.status = 'disputed') THEN 'disputed' END,
    CASE count(DISTINCT claim.source_id) FILTER (WHERE claim.status = 'accepted')
        WHEN 0 THEN NULL WHEN 1 THEN 'one-source' ELSE 'two-sources' END,
    CASE WHEN bool_and(spoken.is_own) FILTER (WHERE claim.source_id IS NOT NULL) THEN 'self-reported' END
], NULL) AS labels
FROM models_catalog_claim claim
CROSS JOIN LATERAL (SELECT CASE WHEN claim.said_by_zh = '' AND claim.said_by_en = '' THEN false
    WHEN strpos(claim.said_by_zh, '研发方') > 0 THEN true ELSE EXISTS (
    SELECT FROM models_catalog_entrydeveloper link
    JOIN models_catalog_developer developer ON developer.id = link.developer_id
    CROSS JOIN LATERAL (VALUES (developer.name_zh), (developer.name_en)) called (name)
    CROSS JOIN LATERAL (VALUES (claim.said_by_zh), (claim.said_by_en), (substring(claim.said_by_en FROM '[(](.+)[)]'))) by (who)
    WHERE link.entry_id = claim.entry_id AND least(length(name), length(who)) > 1
    AND (strpos(who, name) > 0 OR strpos(name, who) > 0)
) END AS is_own) spoken
WHERE {public} AND {which} GROUP BY claim.entry_id
) SELECT entry_id, labels FROM backed
"""


def backed(which: str) -> str:
    """SQL: entry → words of `Backing`, of the public claims for which `which` holds. Whose word it is goes by the rule of
    `catalog.voices`.
    """
    return _BACKED.format(public=PUBLIC_CLAIM, which=which)


COUNTED: Final = (
    "SELECT coalesce(label, ''), count(*) FROM matched "  # noqa: S608  # our own
    f"LEFT JOIN ({backed('true')}) backed ON backed.entry_id = matched.id "
    "LEFT JOIN LATERAL unnest(backed.labels) label ON true GROUP BY 1"
)
"""SQL: word of `Backing` → number of entries of a relation named `matched`."""
