package bench_test

import (
	"math/rand/v2"
	"net/url"
	"slices"
	"sync"
	"time"
)

const (
	// noticed is how long after a page Linux knows that the host took time from it.
	noticed = 20 * time.Millisecond
	// mostTries is how often a page is asked for at most.
	mostTries = 10
)

// question is a page to ask for, as it was drawn.
type question struct {
	kind  *kind
	page  string // the path of one that is not the queue; "" where it is
	query url.Values
	text  string // to search for; "" for none
	tries int
}

func newQuestion(k *kind, random *rand.Rand) *question {
	if k.page != nil {
		return &question{kind: k, page: k.page(random)}
	}
	query, text := k.draw(random)
	return &question{kind: k, query: query, text: text}
}

// questions are those that people still have. Where the host of a virtual machine
// took a processor away meanwhile, what a page took is not what the portal took:
// another of its kind is asked for at another time, and what it took is told
// beside. Long pages are disturbed more often than short ones: where the host took
// much, what is left of them is too good.
type questions struct {
	mutex   sync.Mutex
	random  *rand.Rand
	waiting []*question
}

// newQuestions draws each kind as often as it is to be asked, in turn.
func newQuestions(kinds []*kind) *questions {
	all := &questions{random: rand.New(rand.NewPCG(3, uint64(*each)))}
	for range *each {
		for _, at := range all.random.Perm(len(kinds)) {
			all.waiting = append(all.waiting, newQuestion(kinds[at], all.random))
		}
	}
	return all
}

// next gives the question to ask now; nil where there is none.
func (all *questions) next() *question {
	all.mutex.Lock()
	defer all.mutex.Unlock()
	if len(all.waiting) == 0 {
		return nil
	}
	q := all.waiting[0]
	all.waiting = all.waiting[1:]
	return q
}

// took keeps how long the page of a question took, and the row by its key.
func (all *questions) took(q *question, page, key time.Duration, disturbed bool) {
	if q.tries++; q.tries == 1 {
		q.kind.tookFirst(page, disturbed)
		byKey.tookFirst(key, disturbed)
	}
	if !disturbed || q.tries == mostTries {
		q.kind.took(page)
		byKey.took(key)
		return
	}
	all.mutex.Lock()
	defer all.mutex.Unlock()
	again := newQuestion(q.kind, all.random)
	again.tries = q.tries
	all.waiting = slices.Insert(all.waiting, all.random.IntN(len(all.waiting)+1), again)
}
