package layout

import (
	"context"
	"io"
	"os"
	"testing"

	"github.com/a-h/templ"

	"ahpfaculty/web"
	"ahpfaculty/web/component"
)

func TestSample(t *testing.T) {
	a, err := web.LoadAssets()
	if err != nil {
		t.Fatal(err)
	}
	f := Frame{Title: "Physiotherapists", Description: "x", Path: "/professions/physiotherapists", FacultyName: "Lincolnshire AHP Faculty",
		Assets:      Assets{Stylesheet: "." + a.URL("portal.css"), Script: "." + a.URL("portal.js"), Icon: a.URL("favicon.svg")},
		Breadcrumbs: []component.Link{{Text: "Home", Href: "/"}, {Text: "Professions", Href: "/professions"}}}
	form := templ.Join(
		component.ErrorSummary{ErrorList: []component.ErrorItem{{Text: "Enter your full name", Href: "#name"}}},
		component.Heading{Text: "A page of everything", Size: "l", Caption: component.Caption{Text: "Section 1"}},
		component.ContentsList{Items: []component.ContentsItem{{Text: "One", Current: true}, {Text: "Two", Href: "#a"}}},
		component.Input{Label: component.Label{Text: "Full name"}, Name: "name", ErrorMessage: component.ErrorMessage{Text: "Enter your full name"}, Hint: component.Hint{Text: "As on the register"}},
		component.Radios{Fieldset: component.Fieldset{Legend: component.Legend{Text: "How should we contact you?", Size: "m"}}, Name: "how", Value: "email",
			Items: []component.Choice{{Value: "email", Text: "Email", Conditional: component.Input{Name: "e", Label: component.Label{Text: "Email address"}}}, {Value: "phone", Text: "Phone", Hint: component.Hint{Text: "Daytime"}}}},
		component.DateInput{ID: "d", Day: component.DatePart{Omit: true}, Fieldset: component.Fieldset{Legend: component.Legend{Text: "When did you qualify?", Size: "m"}}},
		component.CharacterCount{Name: "more", MaxLength: 200, Label: component.Label{Text: "More"}},
		component.PasswordInput{Name: "pw", Label: component.Label{Text: "Password"}},
		component.Select{Name: "s", Label: component.Label{Text: "Profession"}, Items: []component.SelectItem{{Text: "Choose one"}, {Value: "p", Text: "Physiotherapist"}}},
		component.SearchInput{Name: "q", Label: component.Label{Text: "Search"}},
		component.Button{Text: "Continue"}, component.Details{Summary: component.Summary{Text: "Help"}, Text: "Some help."},
		component.InsetText{Text: "You can stop at any time."}, component.WarningCallout{Heading: component.Heading{Text: "Before you start"}, Text: "Read this."},
		component.SummaryList{Rows: []component.SummaryRow{{Key: component.SummaryCell{Text: "Name"}, Value: component.SummaryCell{Text: "Karen Francis"}, Actions: component.Actions{Items: []component.Action{{Text: "Change", Href: "#", VisuallyHiddenText: "name"}}}}}},
		component.TaskList{Items: []component.TaskItem{{Heading: component.Heading{Text: "Your situation"}, Href: "#", Status: component.TaskStatus{Text: "Completed"}}, {Heading: component.Heading{Text: "About you"}, Href: "#", Status: component.TaskStatus{Tag: component.Tag{Text: "Not started", Colour: "blue"}}}}},
		component.Table{Caption: component.TableCaption{Text: "Table"}, Responsive: true, Head: []component.TableCell{{Text: "Year"}, {Text: "Target", Format: "numeric"}}, Rows: [][]component.TableCell{{{Text: "2022"}, {Text: "12"}}}},
		component.Panel{Heading: component.Heading{Text: "Sent"}, Text: "Your reference is AB12"},
		component.Pagination{Previous: component.PaginationLink{Href: "#", Label: component.Content{Text: "Before"}}, Next: component.PaginationLink{Href: "#", Label: component.Content{Text: "After"}}},
		component.ActionLink{Text: "Start now", Href: "#"}, component.DoDontList{Heading: component.Heading{Text: "Do"}, Items: []component.Content{{Text: "this"}}},
		component.NotificationBanner{Variant: "success", Text: "It worked"},
		component.Card{Heading: component.Heading{Text: "Card", Size: "m"}, Href: "#", Clickable: true, Variant: "primary", Description: component.CardDescription{Text: "About it"}},
		component.Tabs{ID: "t", Items: []component.TabItem{{Label: "A", Panel: component.TabPanel{Text: "a"}}, {Label: "B", Panel: component.TabPanel{Text: "b"}}}},
	)
	write := func(name string, c templ.Component, body templ.Component) {
		w, _ := os.Create("/tmp/cshot/" + name + ".html")
		ctx := context.Background()
		if body != nil {
			ctx = templ.WithChildren(ctx, body)
		}
		if err := c.Render(ctx, w); err != nil {
			t.Fatal(err)
		}
		w.Close()
	}
	wrap := templ.ComponentFunc(func(ctx context.Context, w2 io.Writer) error {
		return Narrow().Render(templ.WithChildren(ctx, form), w2)
	})
	write("public", Public(f), wrap)
	s := f
	s.Path, s.Title, s.Breadcrumbs = "/admin/expressions", "Expressions", nil
	s.Staff = &Person{Name: "Alex Morgan", Role: "lead", Email: "a@b"}
	s.FormKey = "k"
	write("staff", Staff(s), templ.Join(component.Heading{Text: "Expressions of interest", Size: "l"}, component.Table{Caption: component.TableCaption{Text: "All"}, Head: []component.TableCell{{Text: "Reference"}, {Text: "Name"}, {Text: "Stage"}}, Rows: [][]component.TableCell{{{Text: "AB12-CD34", Href: "/x"}, {Text: "Karen Francis"}, {HTML: component.Tag{Text: "New"}}}}}))
	write("problem", Problem(f, ProblemDetails{Status: 404, RequestID: "abc123"}), nil)
	f.Back = component.BackLink{Href: "/x"}
	f.Path = "/"
	f.Back = component.BackLink{}
	f.Breadcrumbs = nil
	f.Hero = component.Hero{Heading: component.Heading{Text: "Allied health professions in Lincolnshire"}, Text: "We help"}
	write("home", Public(f), component.Heading{Text: "Explore", Size: "l", Level: 2})
}
