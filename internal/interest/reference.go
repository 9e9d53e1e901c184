package interest

import "ahpfaculty/internal/reference"

// NormalReference is an expression's reference as it is stored, from the way
// somebody may write it. Anything else is given back as it is.
func NormalReference(s string) string { return reference.Normal(s, "") }
