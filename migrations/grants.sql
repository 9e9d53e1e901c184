-- Gives the serving role what it needs and no more. Run after every migration;
-- running it twice changes nothing. The role's name is in portal.serving_role.
do $$
declare
  serving text := current_setting('portal.serving_role');
begin
  execute format('grant usage on schema public to %I', serving);
  execute format('grant select, insert, update, delete on all tables in schema public to %I', serving);
  execute format('grant usage, select, update on all sequences in schema public to %I', serving);
  execute format('grant execute on all functions in schema public to %I', serving);

  -- The audit is append-only for the role that serves, and says itself when a
  -- row was added and by which transaction. Only its own functions seal it.
  if to_regclass('public.audit_seal') is not null then
    execute format('revoke insert, update, delete, truncate on audit_event, audit_seal from %I', serving);
    execute format('grant insert (actor_kind, actor_id, action, subject_kind, subject_id, outcome, request_id, detail) on audit_event to %I', serving);
    execute format('revoke execute on function begin_audit_era() from %I', serving);
  end if;

  -- The moves of a case and the reasons for them are the program's, not data;
  -- the timeline is only added to.
  if to_regclass('public.stage_move') is not null then
    execute format('revoke insert, update, delete, truncate on stage_move, stage_reason from %I', serving);
    execute format('revoke update, delete, truncate on event from %I', serving);
  end if;

  -- What happened to an enquiry is only added to.
  if to_regclass('public.enquiry_event') is not null then
    execute format('revoke update, delete, truncate on enquiry_event from %I', serving);
  end if;

  -- What happened to an offer is only added to.
  if to_regclass('public.offer_event') is not null then
    execute format('revoke update, delete, truncate on offer_event from %I', serving);
  end if;

  -- An expression goes whole or not at all, by the owner's function; what is
  -- left of it for counts is the function's to write.
  if to_regclass('public.erased_expression') is not null then
    execute format('revoke delete, truncate on expression from %I', serving);
    execute format('revoke update, delete, truncate on event_detail from %I', serving);
    execute format('revoke insert, update, delete, truncate on erased_expression, erased_stage from %I', serving);
    execute format('revoke insert, update, truncate on erased_reference from %I', serving);
  end if;

  -- A period may be chosen within its bounds, which are the program's; what ran
  -- is only added to, and forgotten when it is old.
  if to_regclass('public.retention') is not null then
    execute format('revoke insert, update, delete, truncate on retention from %I', serving);
    execute format('grant update (period, changed_at, changed_by) on retention to %I', serving);
    execute format('revoke update, truncate on retention_run from %I', serving);
  end if;

  -- How long a stage may take may be set; which stages there are is the program's.
  if to_regclass('public.stage_limit') is not null then
    execute format('revoke insert, update, delete, truncate on stage_limit from %I', serving);
    execute format('grant update (working_days, changed_at, changed_by) on stage_limit to %I', serving);
  end if;

  -- Which migrations ran is the owner's to write.
  execute format('revoke insert, update, delete, truncate on goose_db_version from %I', serving);
end
$$;
