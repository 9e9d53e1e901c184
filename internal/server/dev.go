package server

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/page"
	"ahpfaculty/web/layout"
)

// devRoutes exist in development only: the mail that was kept instead of sent,
// and the gallery of components.
func (s *Server) devRoutes() []page.Route {
	return []page.Route{
		{Method: http.MethodGet, Path: "/dev/mail", Who: page.Public, Handle: s.devMails},
		{Method: http.MethodGet, Path: "/dev/mail/{id}", Who: page.Public, Handle: s.devMail},
		{Method: http.MethodGet, Path: "/dev/components", Who: page.Public, Handle: s.devComponents},
		{Method: http.MethodGet, Path: "/dev/components/{component}", Who: page.Public, Handle: s.devComponent},
		{Method: http.MethodGet, Path: "/dev/components/{component}/{number}", Who: page.Public, Handle: s.devComponentState},
	}
}

func (s *Server) mailFolder() *mail.Folder {
	return &mail.Folder{Dir: s.deps.Config.MailDir(), Now: s.deps.Now}
}

func (s *Server) devMails(w http.ResponseWriter, r *http.Request) error {
	kept, err := s.mailFolder().List()
	if err != nil {
		return err
	}
	list := make([]layout.Letter, 0, len(kept))
	for _, one := range kept {
		list = append(list, letter(one))
	}
	return s.pages.Render(w, r, http.StatusOK, layout.Letters(s.frame(r), list))
}

func (s *Server) devMail(w http.ResponseWriter, r *http.Request) error {
	kept, err := s.mailFolder().Read(chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return s.pages.Render(w, r, http.StatusOK, layout.LetterPage(s.frame(r), letter(kept)))
}

func letter(kept mail.Kept) layout.Letter {
	return layout.Letter{
		Href: "/dev/mail/" + kept.ID, To: kept.To, Subject: kept.Subject, Text: kept.Text,
		At: kept.At.Format(time.DateTime),
	}
}
