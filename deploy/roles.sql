-- The two roles of the database and the database itself. Once, as a superuser:
--   psql -v owner_password=… -v site_password=… -f deploy/roles.sql postgres
-- Then: DATABASE_OWNER_URL=postgresql://baimo_owner:…@host/baimo DATABASE_URL=postgresql://baimo_site:…@host/baimo manage.py migrate
-- which gives baimo_site its rights on every table, again after each migration.
\set ON_ERROR_STOP on

CREATE ROLE baimo_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE baimo_site LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'site_password';
CREATE DATABASE baimo OWNER baimo_owner TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';
REVOKE ALL ON DATABASE baimo FROM PUBLIC;
GRANT CONNECT ON DATABASE baimo TO baimo_site;

-- A database with one role, made before: give it and what is in it to the owner, then migrate as above.
--   ALTER DATABASE baimo OWNER TO baimo_owner;
--   \c baimo
--   REASSIGN OWNED BY the_old_role TO baimo_owner;   -- not where the old role is the superuser that made the cluster
