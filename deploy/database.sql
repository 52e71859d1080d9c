-- The empty database, for roles.sql and before a dump is restored over a database that was dropped (docs/guides/deploy.md).
\set ON_ERROR_STOP on

CREATE DATABASE baimo OWNER baimo_owner TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';
REVOKE ALL ON DATABASE baimo FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE baimo TO baimo_site;
