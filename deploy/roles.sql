-- The two roles of the database and the database itself. Once, as a superuser, in this folder's parent:
--   psql -v owner_password=… -v site_password=… -f deploy/roles.sql postgres
-- Then deploy/install (or `manage.py migrate` with both addresses) gives baimo_site its rights on every table.
\set ON_ERROR_STOP on

CREATE ROLE baimo_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE baimo_site LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'site_password';
\ir database.sql

-- A database with one role, made before: give it and what is in it to the owner, then migrate as above.
--   ALTER DATABASE baimo OWNER TO baimo_owner;
--   \c baimo
--   REASSIGN OWNED BY the_old_role TO baimo_owner;   -- not where the old role is the superuser that made the cluster
