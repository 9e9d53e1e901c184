package galleryview

import "ahpfaculty/web/component"

// texts are headings, labels and what stands beside a field.
var texts = []state{
	{"A heading of size l", component.Heading{Text: "Where you would work", Level: 3, Size: "l"}, false},
	{"A heading of size s with a caption", component.Heading{Text: "Radiographers", Level: 3, Size: "s", Caption: component.Caption{Text: "Profession", Size: "m"}}, false},
	{"A caption", component.Caption{Text: "Profession", Size: "l"}, false},
	{"A label", component.Label{Text: "Full name", For: "label-example", Size: "m"}, false},
	{"A legend", component.Legend{Text: "Where have you worked?", Size: "m"}, false},
	{"A fieldset", component.Fieldset{Legend: component.Legend{Text: "How you can be reached"}, HTML: plain("The fields of a group stand here.")}, false},
	{"A hint", component.Hint{Text: "It is on your registration card"}, false},
	{"An error message", component.ErrorMessage{Text: "Enter your full name"}, false},
	{"A tag", component.Tag{Text: "Received"}, false},
	{"A yellow tag", component.Tag{Text: "In review", Colour: "yellow"}, false},
	{"A green tag", component.Tag{Text: "Returned", Colour: "green"}, false},
	{"A red tag", component.Tag{Text: "Late", Colour: "red"}, false},
	{"A grey tag", component.Tag{Text: "Closed", Colour: "grey"}, false},
	{"A tag without a border", component.Tag{Text: "Draft", Colour: "blue", Border: component.Off}, false},
	{"An icon", component.Icon{Name: "tick", Title: "Done"}, false},
	{"An image", component.Image{HTML: component.Icon{Name: "user", Title: "A person", Size: 100}, Width: "one-half", Caption: component.ImageCaption{Text: "A drawing with a caption"}}, false},
}
