package notice

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/workday"
)

const (
	// overlap is how long before the last look the next one begins: what is not
	// committed yet then is found by the next.
	overlap = 15 * time.Minute
	// dayBegins is the hour, in England, from which days are told of.
	dayBegins = 8
	// daysEvery is how often it is looked on a working day for what is due soon or
	// late.
	daysEvery = time.Hour
	// lateFor is how many days after it was due a case is still told as late.
	lateFor = 7
	// forgetAfter is how many days a notice is kept.
	forgetAfter = 30
	// mailbox is the shared mailbox as a recipient.
	mailbox = "mailbox"
)

// Look finds what there is to tell and owes the mails that tell it, in one
// transaction: a mail is owed for each recipient with something that is told at
// once, and on a working day from 8 on, once, with all that waits. It gives how
// many mails it owed.
func (s *Store) Look(ctx context.Context) (int, error) {
	owed := 0
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		var seen, daily, days time.Time
		// The lock lets one look at a time.
		if err := tx.QueryRow(ctx, `select seen_at, daily_on, days_at from notice_run for update`).Scan(&seen, &daily, &days); err != nil {
			return err
		}
		holidays, err := workday.Store{DB: tx}.Holidays(ctx)
		if err != nil {
			return err
		}
		now := s.Now()
		today := workday.DayOf(now)
		works := workday.Is(today, holidays) && !now.Before(workday.At(today, dayBegins))
		digest := works && daily.Before(today.Time())
		look := works && (digest || now.Sub(days) >= daysEvery)
		if look {
			days = now
		}
		if err := s.gather(ctx, tx, seen, now, look); err != nil {
			return err
		}
		hows := []How{AtOnce}
		if digest {
			hows = append(hows, Daily)
			daily = today.Time()
		}
		if owed, err = s.tell(ctx, tx, hows); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `update notice_run set seen_at = greatest(seen_at, $1), daily_on = $2, days_at = $3`, now, daily, days)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("looking for what there is to tell: %w", err)
	}
	return owed, nil
}

// recipients are those who are told of a kind, each with how. Whoever may not
// see cases any more is none of them.
const recipients = `
	with recipient as (
		select a.id::text as name, a.id as account_id, a.role = 'lead' as leads, usual.kind, coalesce(chosen.how, usual.how) as how
		from staff_account a
		cross join unnest(@kinds::text[], @usual::text[]) as usual (kind, how)
		left join notice_choice chosen on chosen.account_id = a.id and chosen.kind = usual.kind
		where a.disabled_at is null and a.role = any(@roles)
		union all
		select '` + mailbox + `', null, true, shared.kind, shared.how
		from notice_mailbox m
		cross join lateral (values ('new', m."new"), ('answered', m.answered), ('due-soon', m."due-soon"), ('late', m.late)) shared (kind, how)
		where m.email <> '')`

// gather notes what there is to tell and was not noted before, and forgets what
// nobody wants to hear any more.
func (s *Store) gather(ctx context.Context, tx pgx.Tx, seen, now time.Time, days bool) error {
	args := s.people()
	args["since"], args["now"], args["days"] = seen.Add(-overlap), now, days
	args["today"], args["soon"], args["late_for"] = workday.DayOf(now).Time(), SoonDays, lateFor
	for _, sql := range []string{
		recipients + `
			insert into notice (recipient, kind, expression_id, occasion, created_at)
			select r.name, r.kind, x.id, e.id::text, @now
			from event e
			join expression x on x.id = e.expression_id and x.set_aside_at is null
			join recipient r on r.how <> 'off' and r.kind = case when e.kind in ('received', 'rescued') then 'new' else e.kind end
			where e.kind in ('received', 'rescued', 'assigned', 'answered') and e.at > @since
				and not exists (select from event i where i.expression_id = x.id and i.kind = 'imported' and i.id > e.id)
				and (e.kind <> 'assigned' or e.to_assignee = r.account_id and e.actor_id <> r.name)
				and (e.kind <> 'answered' or x.assignee_id is null or x.assignee_id = r.account_id or r.account_id is null)
			on conflict on constraint notice_once do nothing`,
		recipients + `, soon as (select add_working_days(@today::date, @soon) as day)
			insert into notice (recipient, kind, expression_id, occasion, created_at)
			select r.name, r.kind, x.id, x.due_on::text, @now
			from expression x
			join recipient r on r.how <> 'off' and r.kind = case when x.due_on < @today::date then 'late' else 'due-soon' end
			where @days and x.queue = 'ours'
				and coalesce(x.due_on, 'infinity') >= @today::date - @late_for::integer and coalesce(x.due_on, 'infinity') <= (select day from soon)
				and (x.assignee_id = r.account_id or x.assignee_id is null and r.leads or r.account_id is null)
			on conflict on constraint notice_once do nothing`,
		recipients + `
			delete from notice n where batch is null and not exists (
				select from recipient r where r.name = n.recipient and r.kind = n.kind and r.how <> 'off')`,
		`delete from notice where created_at < @now::timestamptz - make_interval(days => ` + fmt.Sprint(forgetAfter) + `)`,
	} {
		if _, err := tx.Exec(ctx, sql, args); err != nil {
			return err
		}
	}
	return nil
}

// tell owes a mail to each recipient with something to tell that is told in one
// of the ways, and gives how many.
func (s *Store) tell(ctx context.Context, tx pgx.Tx, hows []How) (int, error) {
	args := s.people()
	args["hows"] = hows
	rows, err := tx.Query(ctx, recipients+`
		select distinct n.recipient from notice n
		join recipient r on r.name = n.recipient and r.kind = n.kind and r.how = any(@hows)
		where n.batch is null order by 1`, args)
	if err != nil {
		return 0, err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		args["name"], args["batch"] = name, uuid.NewString()
		if _, err := tx.Exec(ctx, recipients+`
			update notice n set batch = @batch from recipient r
			where n.batch is null and n.recipient = @name and r.name = n.recipient and r.kind = n.kind and r.how = any(@hows)`, args); err != nil {
			return 0, err
		}
		if err := s.Outbox.EnqueueFor(ctx, tx, mail.Notice, name, args["batch"].(string)); err != nil {
			return 0, err
		}
	}
	return len(names), nil
}

// people are the arguments by which recipients knows who may be told and how
// they are told as usual.
func (s *Store) people() pgx.NamedArgs {
	var kinds, usual, roles []string
	for _, kind := range Kinds() {
		kinds, usual = append(kinds, string(kind)), append(usual, string(kind.Usual()))
	}
	for _, role := range staff.Roles() {
		if role.May(staff.SeeCases) {
			roles = append(roles, string(role))
		}
	}
	return pgx.NamedArgs{"kinds": kinds, "usual": usual, "roles": roles}
}
