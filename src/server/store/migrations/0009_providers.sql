-- A provider's message may name nothing but the provider's own checkout. The sandbox's are named by us.
create index on checkout_session (provider_ref) where provider <> 'sandbox';
