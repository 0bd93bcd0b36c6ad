-- The random part of the id of what a key's request makes, decided before it is made: whoever takes the key of a
-- process that died over finds by it what that one had made already.
alter table idempotency_key add column id_text text;
