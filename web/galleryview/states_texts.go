package galleryview

import "ahpfaculty/web/component"

// texts are headings, labels and what stands beside a field.
var texts = []state{
	{"A heading of size l", component.Heading{Text: "Where you would work", Level: 3, Size: "l"}},
	{"A heading of size s with a caption", component.Heading{Text: "Radiographers", Level: 3, Size: "s", Caption: component.Caption{Text: "Profession", Size: "m"}}},
	{"A heading that leads somewhere", component.Heading{Text: "Careers", Level: 3, Size: "m", Href: "/careers"}},
	{"A heading with many words", component.Heading{Text: "What the regulator asks of physiotherapists who have not practised for five years or more", Level: 3, Size: "xl"}},
	{"A caption", component.Caption{Text: "Profession", Size: "l"}},
	{"A small caption", component.Caption{Text: "Profession", Size: "m"}},
	{"A label", component.Label{Text: "Full name", For: "label-example", Size: "m"}},
	{"A label with many words", component.Label{Text: "What is the name that stands on the certificate of your first qualification?", For: "long-label-example"}},
	{"A label with a caption", component.Label{Text: "Email address", For: "caption-example", Size: "l", Caption: component.Caption{Text: "About you"}}},
	{"A legend", component.Legend{Text: "Where have you worked?", Size: "m"}},
	{"A legend with many words", component.Legend{Text: "In which of these places have you worked since you were last on the register?"}},
	{"A fieldset", component.Fieldset{Legend: component.Legend{Text: "How you can be reached"}, HTML: plain("The fields of a group stand here.")}},
	{"A hint", component.Hint{Text: "It is on your registration card"}},
	{"A hint with many words", component.Hint{Text: "You can leave this out. We use it to find your supervisor sooner, and we do not show it to anybody outside the faculty’s team"}},
	{"An error message", component.ErrorMessage{Text: "Enter your full name"}},
	{"An error message with hidden words of its own", component.ErrorMessage{Text: "Choose a file", VisuallyHiddenText: "Fault"}},
	{"A tag", component.Tag{Text: "Received"}},
	{"A yellow tag", component.Tag{Text: "In review", Colour: "yellow"}},
	{"A green tag", component.Tag{Text: "Returned", Colour: "green"}},
	{"A red tag", component.Tag{Text: "Late", Colour: "red"}},
	{"A grey tag", component.Tag{Text: "Closed", Colour: "grey"}},
	{"A white tag", component.Tag{Text: "New", Colour: "white"}},
	{"A blue tag", component.Tag{Text: "Contacted", Colour: "blue"}},
	{"An aqua green tag", component.Tag{Text: "Placed", Colour: "aqua-green"}},
	{"An orange tag", component.Tag{Text: "Due", Colour: "orange"}},
	{"A pink tag", component.Tag{Text: "Set aside", Colour: "pink"}},
	{"A purple tag", component.Tag{Text: "Studying", Colour: "purple"}},
	{"A tag without a border", component.Tag{Text: "Draft", Colour: "blue", Border: component.Off}},
	{"An icon", component.Icon{Name: "tick", Title: "Done"}},
	{"A small icon that only decorates", component.Icon{Name: "search", Size: 25}},
	{"A large icon", component.Icon{Name: "cross", Title: "Not done", Size: 100}},
	{"An image", component.Image{HTML: component.Icon{Name: "user", Title: "A person", Size: 100}, Width: "one-half", Caption: component.ImageCaption{Text: "A drawing with a caption"}}},
}
