package component

// adapt renames the few options that we have in another form, and those that
// the design system is giving up.
func adapt(name string, object map[string]any) map[string]any {
	made := map[string]any{}
	for key, value := range object {
		made[key] = value
	}
	rename := func(from, to string) {
		if value, ok := made[from]; ok {
			delete(made, from)
			made[to] = value
		}
	}
	switch name {
	case "Label", "Legend":
		if heading, ok := made["heading"].(bool); ok {
			delete(made, "heading")
			made["isPageHeading"] = heading
		}
	case "Tag":
		if made["colour"] == false {
			delete(made, "colour")
			made["noColour"] = true
		}
	case "SearchButton":
		if made["icon"] == false {
			delete(made, "icon")
			made["noIcon"] = true
		}
	case "SelectItem":
		_, hasValue := made["value"]
		made["textIsValue"] = !hasValue
	case "HeaderSearch":
		made["show"] = true
		for _, part := range []string{"input", "label", "button"} {
			nested, _ := made[part].(map[string]any)
			delete(made, part)
			for key, value := range nested {
				made[key] = value
			}
		}
	case "Choice":
		rename("exclusiveGroup", "behaviourGroup")
		if made["exclusive"] == true {
			made["behaviour"] = "exclusive"
		}
		delete(made, "exclusive")
	case "ErrorMessage":
		if text, ok := made["visuallyHiddenText"]; ok && text == "" {
			made["noHiddenText"] = true
		}
	case "Footer":
		text, ok := made["copyright"]
		if object, is := text.(map[string]any); is && len(object) == 1 {
			text = object["text"]
		}
		if ok && (text == nil || text == "" || text == false) {
			made["noCopyright"] = true
		}
	case "DoDontList":
		rename("title", "heading")
	case "Content":
		rename("item", "text")
	case "TaskItem":
		rename("title", "heading")
	case "TableCell":
		if made["sort"] == true {
			made["sort"] = "none"
		}
		if made["sort"] == false {
			delete(made, "sort")
		}
	case "Table":
		if made["panel"] == true {
			made["card"] = map[string]any{"heading": map[string]any{"text": made["heading"], "level": made["headingLevel"]}, "variant": "feature"}
		}
		delete(made, "panel")
		delete(made, "heading")
		delete(made, "headingLevel")
	case "Pagination":
		for _, side := range []string{"previous", "next"} {
			if href, ok := made[side+"Url"]; ok {
				made[side] = map[string]any{"href": href, "label": made[side+"Page"]}
				delete(made, side+"Url")
				delete(made, side+"Page")
			}
		}
	}
	return made
}
