package layout

// TrapField is the name of the field of a public form that people do not see:
// who fills it in is a program.
const TrapField = "subject"
