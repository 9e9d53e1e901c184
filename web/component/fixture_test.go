package component

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

// fixture is one example of a component in the npm package: options, and the
// HTML that the reference template makes of them.
type fixture struct {
	Name      string         `json:"name"`
	Context   map[string]any `json:"context"`
	CallBlock *string        `json:"callBlock"`
	HTML      string         `json:"html"`
}

// fixtures reads the examples of a component from the installed npm package.
func fixtures(t *testing.T, name string) []fixture {
	t.Helper()
	path := filepath.Join("..", "node_modules", "nhsuk-frontend", "dist", "nhsuk", "components", name, "fixtures.json")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("the design system is not installed (%v): run `make assets`", err)
	}
	var file struct {
		Fixtures []fixture `json:"fixtures"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatalf("reading %s: %v", path, err)
	}
	return file.Fixtures
}

// fill sets the options of a component from those of a fixture. Their names are
// the same but for case; where the reference takes several kinds of value for
// one option, fill says which field of ours stands for which kind.
func fill(into reflect.Value, value any) error {
	if value == nil {
		return nil
	}
	switch into.Interface().(type) {
	case templ.Component:
	case Switch:
		return fillSwitch(into, value)
	}
	switch into.Kind() {
	case reflect.Interface:
		return fillHTML(into, value)
	case reflect.Pointer:
		if value == false {
			return nil
		}
		into.Set(reflect.New(into.Type().Elem()))
		if value == true {
			return nil
		}
		return fill(into.Elem(), value)
	case reflect.Struct:
		return fillStruct(into, value)
	case reflect.Slice:
		return fillSlice(into, value)
	case reflect.Map:
		return fillMap(into, value)
	}
	return fillPlain(into, value)
}

func fillSwitch(into reflect.Value, value any) error {
	switch value {
	case true:
		into.Set(reflect.ValueOf(On))
	case false:
		into.Set(reflect.ValueOf(Off))
	default:
		return fmt.Errorf("%v is not true or false", value)
	}
	return nil
}

// fillHTML makes a component of HTML, which only this test may do from a string.
func fillHTML(into reflect.Value, value any) error {
	if object, ok := value.(map[string]any); ok && len(object) == 1 {
		value = object["html"]
	}
	html, ok := value.(string)
	if !ok {
		return fmt.Errorf("%v is not HTML", value)
	}
	into.Set(reflect.ValueOf(templ.Raw(html)))
	return nil
}

func fillPlain(into reflect.Value, value any) error {
	switch v := value.(type) {
	case string:
		if into.Kind() == reflect.String {
			into.SetString(v)
			return nil
		}
		if n, err := strconv.Atoi(v); err == nil && into.CanInt() {
			into.SetInt(int64(n))
			return nil
		}
	case float64:
		if into.CanInt() {
			into.SetInt(int64(v))
			return nil
		}
		if into.Kind() == reflect.String {
			into.SetString(strconv.FormatFloat(v, 'f', -1, 64))
			return nil
		}
	case bool:
		if into.Kind() == reflect.Bool {
			into.SetBool(v)
			return nil
		}
		if into.Kind() == reflect.String && !v {
			return nil
		}
	}
	return fmt.Errorf("%T does not fit %s", value, into.Type())
}

func fillSlice(into reflect.Value, value any) error {
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	into.Set(reflect.MakeSlice(into.Type(), 0, len(list)))
	for _, one := range list {
		// The reference skips items that are not there.
		if one == nil || one == false || one == "" {
			continue
		}
		item := reflect.New(into.Type().Elem()).Elem()
		if err := fill(item, one); err != nil {
			return err
		}
		into.Set(reflect.Append(into, item))
	}
	return nil
}

func fillMap(into reflect.Value, value any) error {
	object, ok := value.(map[string]any)
	if !ok {
		return fmt.Errorf("%v is not an object", value)
	}
	into.Set(reflect.MakeMap(into.Type()))
	for key, one := range object {
		if nested, ok := one.(map[string]any); ok {
			one = nested["value"]
		}
		if into.Type().Elem().Kind() == reflect.String {
			one = fmt.Sprint(one)
		}
		into.SetMapIndex(reflect.ValueOf(key), reflect.ValueOf(one))
	}
	return nil
}

// stands says which field stands for an option that is not an object.
var stands = map[string]map[string]any{
	"ErrorMessage:true":  {"bare": true},
	"HeaderSearch:true":  {"show": true},
	"DatePart:false":     {"omit": true},
	"SearchButton:false": {"omit": true},
}

func fillStruct(into reflect.Value, value any) error {
	name := into.Type().Name()
	if object, ok := stands[fmt.Sprintf("%s:%v", name, value)]; ok {
		value = object
	}
	switch v := value.(type) {
	case string:
		field := "text"
		if name == "ButtonIcon" {
			field = "name"
		}
		value = map[string]any{field: v}
	case []any:
		value = map[string]any{"items": v}
	case bool:
		if !v {
			return nil
		}
	}
	object, ok := value.(map[string]any)
	if !ok {
		return fmt.Errorf("%v is no %s", value, name)
	}
	for key, one := range adapt(name, object) {
		field := into.FieldByNameFunc(func(field string) bool { return strings.EqualFold(field, key) })
		if !field.IsValid() || !field.CanSet() {
			return fmt.Errorf("%s has no option %q", name, key)
		}
		if err := fill(field, one); err != nil {
			return fmt.Errorf("%s.%s: %w", name, key, err)
		}
	}
	return nil
}

// names lists the keys of a map in order.
func names[V any](of map[string]V) []string {
	keys := []string{}
	for key := range of {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
