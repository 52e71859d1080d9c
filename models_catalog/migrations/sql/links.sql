-- History of an entry's sectors and sources: tables that Django makes by itself, which pghistory cannot reach.

CREATE FUNCTION catalog_record_sector_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    link models_catalog_entry_sectors%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN
        link := OLD;
    ELSE
        link := NEW;
    END IF;
    INSERT INTO models_catalog_entrysectorevent
        (pgh_created_at, pgh_label, pgh_obj_id, pgh_context_id, id, entry_id, sector_id)
    VALUES (NOW(), lower(TG_OP), link.id, _pgh_attach_context(), link.id, link.entry_id, link.sector_id);
    RETURN NULL;
END $$;

CREATE TRIGGER record_link AFTER INSERT OR UPDATE OR DELETE ON models_catalog_entry_sectors
FOR EACH ROW EXECUTE FUNCTION catalog_record_sector_link();

CREATE FUNCTION catalog_record_source_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    link models_catalog_entry_sources%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN
        link := OLD;
    ELSE
        link := NEW;
    END IF;
    INSERT INTO models_catalog_entrysourceevent
        (pgh_created_at, pgh_label, pgh_obj_id, pgh_context_id, id, entry_id, source_id)
    VALUES (NOW(), lower(TG_OP), link.id, _pgh_attach_context(), link.id, link.entry_id, link.source_id);
    RETURN NULL;
END $$;

CREATE TRIGGER record_link AFTER INSERT OR UPDATE OR DELETE ON models_catalog_entry_sources
FOR EACH ROW EXECUTE FUNCTION catalog_record_source_link();
