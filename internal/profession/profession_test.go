package profession

import "testing"

func TestThereAreFourteenProfessions(t *testing.T) {
	t.Parallel()
	if got := len(All()); got != 14 {
		t.Fatalf("len(All()) = %d, want 14", got)
	}
	branches := 0
	for i, p := range All() {
		branches += len(p.Branches)
		if i > 0 && All()[i-1].Name >= p.Name {
			t.Errorf("%s stands after %s, want the order of the alphabet", p.Name, All()[i-1].Name)
		}
		if (p.RegisterLetters == "") != (p.Regulator == GOsC) {
			t.Errorf("%s has letters %q with %s, want letters for HCPC alone", p.Name, p.RegisterLetters, p.Regulator.Abbreviation)
		}
	}
	if branches != 4 {
		t.Errorf("got %d branches, want 4", branches)
	}
}

func TestOnlyOsteopathsAreNotWithHCPC(t *testing.T) {
	t.Parallel()
	for _, p := range All() {
		want := HCPC
		if p.Slug == "osteopaths" {
			want = GOsC
		}
		if p.Regulator != want {
			t.Errorf("%s is with %s, want %s", p.Name, p.Regulator.Abbreviation, want.Abbreviation)
		}
	}
}

func TestBySlugFindsAProfessionAndItsBranch(t *testing.T) {
	t.Parallel()
	p, ok := BySlug("radiographers")
	if !ok || p.Name != "Radiographers" {
		t.Fatalf("BySlug(radiographers) = %v, %v, want it", p, ok)
	}
	if b, ok := p.Branch("therapeutic-radiographers"); !ok || b.Singular != "Therapeutic radiographer" {
		t.Errorf("Branch(therapeutic-radiographers) = %v, %v, want it", b, ok)
	}
	if _, ok := BySlug("dentists"); ok {
		t.Error("BySlug(dentists) found one, want none")
	}
}
