-- The seed of a respondent's own order of pages, 0 to 2147483647; NULL (sheets made before this) is the
-- order of the file.
ALTER TABLE sheets ADD COLUMN order_seed INTEGER;
