-- name: applied_migrations()
SELECT migration_id FROM schema_migrations;
