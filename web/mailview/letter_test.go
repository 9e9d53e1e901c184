package mailview_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/notice"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/updating"
	"ahpfaculty/web/mailview"
)

var update = flag.Bool("update", false, "write the golden files anew")

func newExpression() interest.Expression {
	return interest.Expression{
		Reference: "K7M-4XPD",
		Answers: interest.Answers{
			Profession: &interest.Profession{Slug: "occupational-therapists"},
			Name:       &interest.Name{Full: "Zoë <Example>"},
			Contact:    &interest.Contact{By: interest.ByText},
		},
	}
}

func newEnquiry(kind enquiry.Kind) enquiry.Enquiry {
	return enquiry.Enquiry{
		Reference: "E-K7M-4XPD", Kind: kind, State: enquiry.Open, Message: "Canary message", Name: "Canary name", Email: "canary@example.com",
		ReceivedAt: time.Date(2026, time.November, 20, 23, 30, 0, 0, time.UTC), Due: updating.Date{Year: 2026, Month: time.November, Day: 27},
	}
}

// newDraftLink is a link to a form with answers that no mail may repeat.
func newDraftLink(slug string) interest.Link {
	changed := time.Date(2026, time.November, 20, 23, 30, 0, 0, time.UTC)
	draft := interest.Draft{
		ID: "canary-id", Email: "canary@example.com", UpdatedAt: changed, ExpiresAt: changed.Add(interest.DraftLife),
		Answers: interest.Answers{Name: &interest.Name{Full: "Canary name"}},
	}
	if slug != "" {
		draft.Answers.Profession = &interest.Profession{Slug: slug}
	}
	return interest.Link{Draft: draft, ExpiresAt: changed.Add(interest.LinkLife)}
}

func newOffer() offer.Offer {
	return offer.Offer{
		Reference: "A-K7M-4XPD", Organisation: "Canary trust", Name: "Canary name", Email: "canary@example.com",
		ReceivedAt: time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC),
	}
}

func letters() map[string]mailview.Letter {
	set := faculty.Details{
		Name: "Example AHP Faculty", ContactEmail: "ask@example.org", ContactPhone: "01522 000000",
		ContactHours: "Monday to Friday, 9am to 4pm", ContactPost: "1 Example Street\nLincoln\nLN1 1AA", ReplyWorkingDays: 5,
	}
	account := staff.Account{Name: "Sam Sample", Role: staff.Reviewer}
	today := updating.Date{Year: 2026, Month: time.November, Day: 20}
	link := "https://portal.example.org/admin/link/TOKEN"
	resume := "https://portal.example.org/apply/resume/TOKEN"
	track := "https://portal.example.org/track/TOKEN"
	asked := interest.Request{Message: "Which trust did you work for?\n\nAnd until when?"}
	askedMore := interest.Request{Message: "Please look at these again.", Steps: []string{"hours", "start"}, AnswerBy: updating.Date{Year: 2026, Month: time.December, Day: 4}}
	all := map[string]mailview.Letter{
		"information_asked":           mailview.InformationAsked(set, newExpression(), asked, track+"/answer"),
		"information_asked_again":     mailview.InformationAsked(set, newExpression(), askedMore, track+"/answer"),
		"staff_password_set":          mailview.StaffPasswordSet(set, account),
		"staff_factor_added":          mailview.StaffFactorAdded(set, account),
		"staff_recovery_used":         mailview.StaffRecoveryUsed(set, account),
		"staff_factor_reset":          mailview.StaffFactorReset(set, account),
		"staff_identity_added":        mailview.StaffIdentityAdded(set, account),
		"staff_identity_removed":      mailview.StaffIdentityRemoved(set, account),
		"track_link":                  mailview.TrackLink(set, newExpression(), track),
		"confirm_address":             mailview.ConfirmAddress(set, "K7M-4XPD", "https://portal.example.org/track/confirm/TOKEN", today),
		"address_changed":             mailview.AddressChanged(set, newExpression()),
		"draft_link":                  mailview.DraftLink(set, newDraftLink("occupational-therapists"), resume),
		"draft_link_no_profession":    mailview.DraftLink(set, newDraftLink(""), resume),
		"draft_expires":               mailview.DraftExpires(set, newDraftLink("physiotherapists"), resume),
		"expression_received":         mailview.ExpressionReceived(set, newExpression(), track),
		"expression_received_not_set": mailview.ExpressionReceived(faculty.Details{Name: "Example AHP Faculty"}, newExpression(), track),
		"enquiry_contact":             mailview.EnquiryReceived(set, newEnquiry(enquiry.Contact), today),
		"enquiry_accessibility":       mailview.EnquiryReceived(set, newEnquiry(enquiry.Accessibility), today),
		"enquiry_complaint":           mailview.EnquiryReceived(faculty.Details{Name: "Example AHP Faculty"}, newEnquiry(enquiry.Complaint), today),
		"enquiry_late":                mailview.EnquiryReceived(set, newEnquiry(enquiry.Contact), today.AddDays(8)),
		"offer_received":              mailview.OfferReceived(set, newOffer()),
		"staff_invite":                mailview.StaffInvite(set, account, link, 72*time.Hour),
		"staff_reset":                 mailview.StaffReset(set, account, link, time.Hour),
	}
	told := func(kind notice.Kind, references ...string) notice.Part {
		return notice.Part{Kind: kind, References: references}
	}
	links := mailview.Notices{
		Case:    func(reference string) string { return "https://portal.example.org/admin/expressions/" + reference },
		Queue:   "https://portal.example.org/admin/expressions",
		Choices: "https://portal.example.org/admin/account/notifications",
	}
	all["notice_new"] = mailview.CaseNotices(set, []notice.Part{told(notice.New, "K7M-4XPD")}, links)
	all["notice_all"] = mailview.CaseNotices(set, []notice.Part{
		told(notice.New, slices.Repeat([]string{"K7M-4XPD"}, 23)...), told(notice.Assigned, "K7M-4XPD", "M7K-4XPD"), told(notice.Answered, "K7M-4XPD"),
		told(notice.DueSoon, "K7M-4XPD"), told(notice.Late, "K7M-4XPD"),
	}, links)
	placement, _ := interest.MessageOf(interest.FindingPlacement, "")
	all["stage_in_own_words"] = mailview.StageChanged(set, newExpression(), placement.In(interest.Words{
		Says: "We spoke on the phone today.\nThank you for your time.\n\nYou asked for <b>mornings</b> & no weekends.", Next: "* Send us your dates\n- Wait for our call",
	}), track)
	all["stage_without_a_list"] = mailview.StageChanged(set, newExpression(), placement.In(interest.Words{Says: "We are looking."}), track)
	for _, option := range interest.Templates() {
		template, _ := interest.TemplateBySlug(option.Slug)
		all["told_"+strings.ReplaceAll(option.Slug, "-", "_")] = mailview.StageChanged(set, newExpression(), template.Message, track)
	}
	for _, m := range interest.StageMessages() {
		name := strings.TrimSuffix("stage_"+string(m.Stage)+"_"+m.Reason, "_")
		all[strings.ReplaceAll(name, "-", "_")] = mailview.StageChanged(set, newExpression(), m, track)
	}
	return all
}

func TestLettersReadAsKept(t *testing.T) {
	t.Parallel()
	for name, letter := range letters() {
		html, err := letter.HTML(context.Background())
		if err != nil {
			t.Fatalf("%s: HTML() = %v", name, err)
		}
		golden(t, name+".txt", "Subject: "+letter.Subject+"\n\n"+letter.Text())
		golden(t, name+".html", html)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatalf("writing %s: %v", path, err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("reading %s: %v", path, err)
	}
	if got != string(want) {
		t.Errorf("%s is\n%s\nwant\n%s\n(go test ./web/mailview -update writes it anew)", name, got, want)
	}
}

func TestTextAndHTMLSayTheSameWords(t *testing.T) {
	t.Parallel()
	for name, letter := range letters() {
		html, err := letter.HTML(context.Background())
		if err != nil {
			t.Fatalf("%s: HTML() = %v", name, err)
		}
		page, err := goquery.NewDocumentFromReader(strings.NewReader(html))
		if err != nil {
			t.Fatalf("%s: reading the HTML: %v", name, err)
		}
		// Where one block ends and the next begins is no white space to goquery.
		page.Find("br").ReplaceWithHtml(" ")
		page.Find("p, h2, li").AfterHtml(" ")
		if strings.Contains(strings.ToLower(html), "canary") {
			t.Errorf("%s repeats what anybody can type: %s", name, html)
		}
		if got, want := words(page.Find("body").Text()), words(letter.Text()); got != want {
			t.Errorf("%s: HTML says\n%s\ntext says\n%s", name, got, want)
		}
	}
}

// words leaves out what only text needs: bullets and lines under headings.
func words(s string) string {
	var kept []string
	for _, word := range strings.Fields(s) {
		if strings.Trim(word, "-*") != "" {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}
