package applyview

import (
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/web/component"
	"ahpfaculty/web/layout"
)

// TasksPage is the list of the form's sections.
type TasksPage struct {
	Frame     layout.Frame
	Tasks     []interest.Task
	Complete  bool // nothing is missing
	KeptUntil updating.Date
}

func (p TasksPage) frame() layout.Frame {
	return backTo(p.Frame, "Your expression of interest", StartURL())
}

// items are the sections that have questions.
func (p TasksPage) items() []component.TaskItem {
	var items []component.TaskItem
	for _, task := range p.Tasks {
		if task.Progress == interest.NotNeeded {
			continue
		}
		items = append(items, p.item(task))
	}
	return items
}

func (p TasksPage) item(task interest.Task) component.TaskItem {
	item := component.TaskItem{Heading: component.Heading{Text: task.Section.Title}}
	if task.Start != "" {
		item.Href = StepURL(task.Start)
	}
	switch task.Progress {
	case interest.Complete:
		item.Status = component.TaskStatus{Text: "Completed"}
		if task.Section.Slug == interest.SectionSend {
			// The section's one question is answered; what is left is to send.
			item.Href = CheckURL()
			item.Status = component.TaskStatus{Tag: component.Tag{Text: "Ready to send", Colour: "blue"}}
		}
	case interest.InProgress:
		item.Status = component.TaskStatus{Tag: component.Tag{Text: "In progress", Colour: "aqua-green"}}
	case interest.NotStarted:
		item.Status = component.TaskStatus{Tag: component.Tag{Text: "Not started", Colour: "blue"}}
	default:
		item.Status = component.TaskStatus{Text: "Cannot start yet"}
	}
	return item
}

// done is how many of the sections are complete.
func (p TasksPage) done() (done, all int) {
	for _, task := range p.Tasks {
		if task.Progress == interest.NotNeeded || task.Section.Slug == interest.SectionSend {
			continue
		}
		all++
		if task.Progress == interest.Complete {
			done++
		}
	}
	return done, all
}
