-- Until when the payer's phone asks for approval; counts while the session is processing.
alter table checkout_session add column approval_until timestamptz;
