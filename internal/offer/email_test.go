package offer_test

import (
	"strconv"
	"testing"
	"time"

	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestOffersOfAnAddressComeTheOldestFirst(t *testing.T) {
	t.Parallel()
	s := newStore(t, postgrestest.Tx(t))
	var sent []offer.Case
	for i, email := range []string{"sam@example.com", "kwame@example.com", "SAM@Example.com"} {
		s.Now = func() time.Time { return noon.Add(time.Duration(i) * time.Hour) }
		sent = append(sent, mustSend(t, s, newDelivery(strconv.Itoa(i), func(f *offer.Form) { f.Email = email })))
	}
	found, err := s.ByEmail(t.Context(), "Sam@example.com")
	if err != nil || len(found) != 2 || found[0].Reference != sent[0].Reference || found[1].Reference != sent[2].Reference {
		t.Fatalf("ByEmail() = %+v, %v, want the first and the third", found, err)
	}
	if len(found[1].Events) != 1 || found[1].Events[0].Kind != offer.EventReceived {
		t.Errorf("the timeline is %+v, want that it was received", found[1].Events)
	}
	if found, err := s.ByEmail(t.Context(), "nobody@example.com"); err != nil || len(found) != 0 {
		t.Errorf("ByEmail(nobody) = %+v, %v, want none", found, err)
	}
}
