package bench_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/report"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/staff"
)

// What is measured, and how.
var (
	expressions = flag.Int("expressions", 1_000_000, "how many expressions of interest the database holds")
	each        = flag.Int("each", 60, "how often each kind of page is asked for")
	only        = flag.String("only", "", "measure only the kinds whose name has this in it")
)

const (
	// people ask for pages at once, each of them one every pause.
	people = 8
	pause  = time.Second
)

// BenchmarkQueue has 8 people each ask for a page a second, of every kind of the
// queue and of those beside it in turn, from the whole portal on a million
// expressions, and fails where a kind is slower than its goal. Each look at a page
// goes with one at a row by its key, which tells how busy the machine was. A page
// that the host of a virtual machine disturbed is asked for again, see questions.
func BenchmarkQueue(b *testing.B) {
	pool, owner := newMillion(b)
	portal := servertest.On(b, pool)
	// Importing content changed rows: autovacuum would come along by and by.
	if err := postgres.Analyze(b.Context(), owner, interest.CopiedTables()); err != nil {
		b.Fatal(err)
	}
	// Of so many cases a job makes the figures; the first page shows the last ones.
	if _, err := (&report.Store{DB: owner, Now: time.Now}).Refresh(b.Context()); err != nil {
		b.Fatal(err)
	}
	visitors := make([]*visitor, people)
	for i := range visitors {
		visitors[i] = newVisitor(b, portal, timed, owner, i)
	}
	kinds := newKinds(b, owner, visitors[0].account.ID)
	warm(visitors, kinds)
	searching.times = nil
	before := ticks()
	for b.Loop() {
		measure(b, pool, visitors, kinds)
	}
	b.ReportMetric(0, "ns/op") // of all: says nothing
	tell(b, kinds, ticks().since(before))
}

// rounds is how often each visitor asks for every kind before it is measured: a
// portal that people use all day has in memory what they look at.
const rounds = 15

// warm has everybody ask for pages as fast as they come.
func warm(visitors []*visitor, kinds []*kind) {
	var all sync.WaitGroup
	for _, v := range visitors {
		all.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(v.number)))
			for range rounds {
				for _, k := range kinds {
					v.ask(k, random)
				}
			}
		})
	}
	all.Wait()
}

// measure has everybody ask for pages until each kind was asked for often enough.
func measure(b *testing.B, pool *pgxpool.Pool, visitors []*visitor, kinds []*kind) {
	b.Helper()
	asked, ids := newQuestions(kinds), someIDs(b, pool)
	var all sync.WaitGroup
	for i, v := range visitors {
		all.Go(func() {
			random := rand.New(rand.NewPCG(2, uint64(i)))
			time.Sleep(pause / people * time.Duration(i))
			tick := time.NewTicker(pause)
			defer tick.Stop()
			for q := asked.next(); q != nil; q = asked.next() {
				before := ticks()
				took := v.visit(q)
				key := lookUp(b, pool, ids[random.IntN(len(ids))])
				time.Sleep(noticed)
				asked.took(q, took, key, ticks().since(before).stolen() > 0)
				<-tick.C
			}
		})
	}
	all.Wait()
}

// visitor is somebody who is signed in, and how long the portal takes for them.
type visitor struct {
	*pagetest.Visitor
	number  int
	account staff.Account
	at      *pagetest.Page // where they are
}

// newVisitor signs somebody in who may see cases, to the portal as it is measured.
// Four are leads.
func newVisitor(b *testing.B, portal *servertest.Portal, as func(http.Handler) http.Handler, owner *pgxpool.Pool, number int) *visitor {
	b.Helper()
	role := staff.Reviewer
	if number%2 == 0 {
		role = staff.Lead
	}
	// Whoever stayed from the last run is in the way: everybody has one address.
	const forget = `update staff_account set email = id::text || '@faculty.example.org' where email like '%@example.nhs.uk'`
	if _, err := owner.Exec(b.Context(), forget); err != nil {
		b.Fatalf("making room for somebody: %v", err)
	}
	v := &visitor{number: number, account: portal.Add(b, role), Visitor: pagetest.New(b, as(portal))}
	servertest.SignIn(b, v.Visitor, v.account)
	v.get("/admin/expressions")
	return v
}

// tookHeader says how long the portal took, in nanoseconds.
const tookHeader = "Took"

// timed is the portal at the host of its settings, and says how long it took for
// each whole answer.
func timed(portal http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		r.Host = "localhost"
		answer := httptest.NewRecorder()
		portal.ServeHTTP(answer, r)
		took := time.Since(began)
		maps.Copy(w.Header(), answer.Header())
		w.Header().Set(tookHeader, strconv.FormatInt(took.Nanoseconds(), 10))
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes()) // a visitor who is gone fails the benchmark
	})
}

// took is how long the portal took for an answer.
func took(p *pagetest.Page) time.Duration {
	ns, _ := strconv.ParseInt(p.Header.Get(tookHeader), 10, 64)
	return time.Duration(ns)
}

// get asks for a page and says how long the portal took to answer.
func (v *visitor) get(path string) time.Duration {
	v.at = v.Get(path).Want(http.StatusOK)
	return took(v.at)
}

// ask asks for a page of a kind.
func (v *visitor) ask(k *kind, random *rand.Rand) time.Duration {
	return v.visit(newQuestion(k, random))
}

// visit asks for a page. What is searched for is sent before.
func (v *visitor) visit(q *question) time.Duration {
	if q.page != "" {
		return took(v.Get(q.page).Want(http.StatusOK)) // they stay in the queue, from which they search
	}
	if q.text == "" {
		return v.get("/admin/expressions?" + q.query.Encode())
	}
	fields := url.Values{"text": {q.text}}
	for _, name := range slices.Concat(filterFields, []string{"tab", "sort"}) {
		fields.Set(name, q.query.Get(name)) // and nothing that the page where they are is filtered by
	}
	sent := v.Send(v.at, "/admin/expressions/search", fields).Want(http.StatusSeeOther)
	searching.took(took(sent))
	return v.get(sent.Location)
}

func someIDs(b *testing.B, pool *pgxpool.Pool) []string {
	b.Helper()
	return texts(b, pool, `select id::text from expression tablesample system (1) limit 5000`)
}

// lookUp reads one row by its key, as any page does with what it shows.
func lookUp(b *testing.B, pool *pgxpool.Pool, id string) time.Duration {
	b.Helper()
	began := time.Now()
	var reference string
	if err := pool.QueryRow(context.Background(), `select reference from expression where id = $1`, id).Scan(&reference); err != nil {
		b.Errorf("reading a row by its key: %v", err)
	}
	return time.Since(began)
}

// tell prints the figures as a table in Markdown.
func tell(b *testing.B, kinds []*kind, spent processors) {
	b.Helper()
	fmt.Printf("\n%d expressions, %d people, each a page a second; %d processors, load %s, %.1f %% of their time taken by the host\n\n",
		*expressions, people, runtime.NumCPU(), load(), spent.stolen())
	fmt.Print("| kind of page | asked | p50 ms | p95 ms | p99 ms | longest ms | goal of p95 | disturbed | p95 ms with those |\n" +
		"|---|---|---|---|---|---|---|---|---|\n")
	slow := 0
	for _, k := range append(kinds, searching, byKey) {
		fmt.Println(k.row())
		if k.slow() {
			slow++
			b.Errorf("%s: p95 is %s, over the goal of %s", k.name, percentile(k.times, 95).Round(time.Millisecond/10), k.goal)
		}
	}
	b.ReportMetric(float64(slow), "slow-kinds")
}
