package layout

// Field is one field of a form that could not be kept, as it was typed.
type Field struct {
	Name  string
	Value string
}
