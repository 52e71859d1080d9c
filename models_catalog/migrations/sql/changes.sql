-- Every statement that changes what readers see leaves a row here, so that what is kept in memory can follow.
--
-- Rows are only inserted, so that writers never wait for each other. The sum of the weights that a reader sees names
-- the state of the catalog that it sees; weights are drawn at random, so that no two histories share a name, whatever
-- is rolled back, restored or truncated. `entries` are the entries that the statement touched: none if it touched other
-- tables only, NULL if it touched too many to name. Old rows are merged into one of the same weight, which changes no sum.

CREATE TABLE catalog_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    weight numeric NOT NULL DEFAULT floor(random() * 2 ^ 52) + 1,
    entries bigint[],
    is_merged boolean NOT NULL DEFAULT false
);

CREATE FUNCTION catalog_note_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    touched bigint[] := '{}';
    noted bigint;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        touched := NULL;
    ELSIF TG_NARGS = 1 THEN
        EXECUTE format(
            CASE TG_OP
                WHEN 'UPDATE' THEN 'SELECT array_agg(id) FROM (SELECT %1$I AS id FROM after UNION SELECT %1$I FROM before) both_'
                WHEN 'INSERT' THEN 'SELECT array_agg(DISTINCT %1$I) FROM after'
                ELSE 'SELECT array_agg(DISTINCT %1$I) FROM before'
            END, TG_ARGV[0]
        ) INTO touched;
        IF touched IS NULL THEN
            RETURN NULL;
        ELSIF cardinality(touched) > 1000 THEN
            touched := NULL;
        END IF;
    END IF;
    INSERT INTO catalog_change (entries) VALUES (touched) RETURNING id INTO noted;
    IF noted % 64 = 0 THEN
        WITH old AS (
            DELETE FROM catalog_change
            WHERE id IN (SELECT id FROM catalog_change WHERE id <= noted - 64 FOR UPDATE SKIP LOCKED)
            RETURNING weight
        )
        INSERT INTO catalog_change (weight, is_merged) SELECT sum(weight), true FROM old HAVING count(*) > 0;
    END IF;
    RETURN NULL;
END $$;

INSERT INTO catalog_change DEFAULT VALUES; -- no two databases begin with the same name
