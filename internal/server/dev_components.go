package server

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/web/component"
	"ahpfaculty/web/galleryview"
)

func (s *Server) devComponents(w http.ResponseWriter, r *http.Request) error {
	all, err := galleryview.Components()
	if err != nil {
		return err
	}
	frame := s.frame(r)
	frame.Title = "Components"
	return s.pages.Render(w, r, http.StatusOK, galleryview.Index(frame, all))
}

func (s *Server) devComponent(w http.ResponseWriter, r *http.Request) error {
	shown, err := componentOf(r)
	if err != nil {
		return err
	}
	frame := s.frame(r)
	frame.Title = shown.Name
	frame.Breadcrumbs = []component.Link{{Text: "Components", Href: galleryview.IndexURL()}}
	return s.pages.Render(w, r, http.StatusOK, galleryview.Page(frame, shown))
}

// devComponentState is a page around which one state of a component stands.
func (s *Server) devComponentState(w http.ResponseWriter, r *http.Request) error {
	shown, err := componentOf(r)
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(chi.URLParam(r, "number"))
	if err != nil || !shown.Framed || number < 1 || number > len(shown.States) {
		return fmt.Errorf("no such state of %s: %w", shown.Name, fault.NotFound)
	}
	return s.pages.Render(w, r, http.StatusOK, galleryview.Alone(s.frame(r), shown, shown.States[number-1]))
}

func componentOf(r *http.Request) (galleryview.Component, error) {
	shown, found := galleryview.Find(chi.URLParam(r, "component"))
	if !found {
		return shown, fmt.Errorf("no such component: %w", fault.NotFound)
	}
	return shown, nil
}
