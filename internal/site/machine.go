package site

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"

	"ahpfaculty/internal/content"
	"ahpfaculty/web/siteview"
)

// securityLasts is how long a security.txt says that it holds; it may not be
// over a year.
const securityLasts = 180 * 24 * time.Hour

// robots leaves the form and the staff area out of its list: their answers ask
// not to be indexed, which a crawler must read to know.
func (h *Handler) robots(w http.ResponseWriter, _ *http.Request) error {
	sendText(w, "User-agent: *\nDisallow: /search\n\n"+
		"Sitemap: "+h.BaseURL+siteview.SitemapPath+"\n")
	return nil
}

func (h *Handler) security(w http.ResponseWriter, r *http.Request) error {
	details, err := h.Faculty.Details(r.Context())
	if err != nil {
		return err
	}
	contact := details.SecurityContact
	if contact == "" {
		contact = h.BaseURL + siteview.ContactPath
	}
	// By the day, so that the text is the same all day.
	expires := h.Now().UTC().Add(securityLasts).Truncate(24 * time.Hour)
	sendText(w, fmt.Sprintf("Contact: %s\nExpires: %s\nPreferred-Languages: en\nCanonical: %s\n",
		contactURI(contact), expires.Format(time.RFC3339), h.BaseURL+siteview.SecurityPath))
	return nil
}

// contactURI makes a bare mail address the address that the format asks for.
func contactURI(contact string) string {
	if strings.Contains(contact, "@") && !strings.Contains(contact, ":") {
		return "mailto:" + contact
	}
	return contact
}

func sendText(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", publicCache)
	_, _ = io.WriteString(w, text)
}

// urlSet is a sitemap as search engines read it.
type urlSet struct {
	XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []siteURL `xml:"url"`
}

// siteURL is one page of a sitemap.
type siteURL struct {
	Location string `xml:"loc"`
	Modified string `xml:"lastmod,omitempty"` // a date
}

func (h *Handler) sitemap(ctx context.Context, _ ask) (templ.Component, error) {
	urls, err := h.addresses(ctx)
	if err != nil {
		return nil, err
	}
	body, err := xml.MarshalIndent(urlSet{URLs: urls}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("making the sitemap: %w", err)
	}
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, xml.Header+string(body)+"\n")
		return err
	}), nil
}

// addresses gives every public page that has an address of its own.
func (h *Handler) addresses(ctx context.Context) ([]siteURL, error) {
	var urls []siteURL
	add := func(path string, reviewed time.Time) {
		one := siteURL{Location: h.BaseURL + path}
		if !reviewed.IsZero() {
			one.Modified = reviewed.Format(time.DateOnly)
		}
		urls = append(urls, one)
	}
	for _, path := range []string{siteview.ProfessionsPath, siteview.CareersPath, siteview.FacultyPath,
		siteview.GroupsPath, siteview.StrategiesPath, siteview.ObjectivesPath,
		siteview.ContactWritePath, siteview.ReportPath, siteview.ComplainPath, siteview.DaysPath, siteview.OfferPath} {
		add(path, time.Time{})
	}
	pack, err := content.Load(ctx, h.Content.DB)
	if err != nil {
		return nil, err
	}
	for _, p := range pack.Pages {
		add(siteview.PageURL(p), p.Reviewed)
	}
	for _, p := range pack.Professions {
		add(siteview.ProfessionURL(p.Slug), p.Reviewed)
	}
	for _, g := range pack.Groups {
		add(siteview.GroupURL(g.Slug), g.Reviewed)
	}
	for _, s := range pack.Strategies {
		add(siteview.StrategyURL(s.Slug), time.Time{})
		for _, t := range s.Themes {
			add(siteview.ThemeURL(s.Slug, t.Slug), time.Time{})
		}
	}
	return urls, nil
}
