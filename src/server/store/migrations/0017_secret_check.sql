-- By which SECRET_KEY this database is kept: a digest under it, so that a start with another one is refused.
create table secret_check (
  only_row boolean primary key default true check (only_row),
  digest text not null
);
