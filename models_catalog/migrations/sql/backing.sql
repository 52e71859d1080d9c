-- An entry's columns hold what accepted claims say, and a merged entry leads to one that is not merged.
-- Checked at the end of the transaction.

CREATE FUNCTION catalog_assert_backed(entry_id bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    entry models_catalog_entry%ROWTYPE;
    unbacked text;
BEGIN
    SELECT * INTO entry FROM models_catalog_entry WHERE id = entry_id;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT string_agg(held.field, ', ') INTO unbacked
    FROM (VALUES
        ('kind', entry.kind, NULL::int8range, NULL::bigint),
        ('category', entry.category, NULL, NULL),
        ('openness', entry.openness, NULL, NULL),
        ('parameters', '', entry.parameters, NULL),
        ('parent', '', NULL, entry.parent_id)
    ) AS held (field, token, number, parent_id)
    WHERE (held.token <> '' OR held.number IS NOT NULL OR held.parent_id IS NOT NULL)
    AND NOT EXISTS (
        SELECT FROM models_catalog_claim claim
        WHERE claim.entry_id = entry.id AND claim.field = held.field
        AND claim.status = 'accepted' AND claim.preferred AND claim.token = held.token
        AND claim.number IS NOT DISTINCT FROM held.number
        AND claim.parent_id IS NOT DISTINCT FROM held.parent_id
    );
    IF entry.released IS NOT NULL AND NOT EXISTS (
        SELECT FROM models_catalog_claim claim
        WHERE claim.entry_id = entry.id AND claim.event = 'released'
        AND claim.status = 'accepted' AND claim.preferred AND claim.days = entry.released
    ) THEN
        unbacked := concat_ws(', ', unbacked, 'released');
    END IF;
    IF entry.is_listed AND NOT EXISTS (
        SELECT FROM models_catalog_claim claim
        WHERE claim.entry_id = entry.id AND claim.field = 'name'
        AND claim.status = 'accepted' AND claim.text = entry.name_zh
    ) THEN
        unbacked := concat_ws(', ', unbacked, 'name');
    END IF;
    IF unbacked IS NOT NULL THEN
        RAISE EXCEPTION 'entry % holds what no accepted claim says: %', entry.slug, unbacked
        USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_is_backed', TABLE = 'models_catalog_entry';
    END IF;
END $$;

CREATE FUNCTION catalog_entry_is_backed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM catalog_assert_backed(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION catalog_claim_still_backs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM catalog_assert_backed(OLD.entry_id);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER entry_is_backed AFTER INSERT OR UPDATE ON models_catalog_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalog_entry_is_backed();

CREATE CONSTRAINT TRIGGER claim_still_backs AFTER UPDATE OR DELETE ON models_catalog_claim
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalog_claim_still_backs();

CREATE FUNCTION catalog_merged_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM models_catalog_entry merged
        JOIN models_catalog_entry kept ON kept.id = merged.merged_into_id
        WHERE NEW.id IN (merged.id, kept.id) AND kept.merged_into_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'entry % stands in a chain of merges', NEW.slug
        USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_merged_once', TABLE = 'models_catalog_entry';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER entry_merged_once AFTER INSERT OR UPDATE OF merged_into_id ON models_catalog_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL)
EXECUTE FUNCTION catalog_merged_once();
