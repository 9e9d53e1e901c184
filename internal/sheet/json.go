package sheet

import (
	"bytes"
	"encoding/json"
	"io"
)

// JSON writes a list of objects, one a row, whose names are the columns' keys.
// Texts stay as they are, lists are lists, and what is not there is null.
type JSON struct {
	w    io.Writer
	keys [][]byte
	row  bytes.Buffer
	rows int
}

// NewJSON begins a file.
func NewJSON(w io.Writer, columns []Column) (*JSON, error) {
	j := &JSON{w: w}
	for _, column := range columns {
		key, err := json.Marshal(column.Key)
		if err != nil {
			return nil, err
		}
		j.keys = append(j.keys, append(key, ':'))
	}
	return j, nil
}

// Row writes a row.
func (j *JSON) Row(cells []any) error {
	j.row.Reset()
	j.row.WriteString(j.between())
	for i, cell := range cells {
		if i > 0 {
			j.row.WriteByte(',')
		}
		j.row.Write(j.keys[i])
		if day, is := cell.(Day); is {
			cell = text(day)
		}
		value, err := json.Marshal(cell)
		if err != nil {
			return err
		}
		j.row.Write(value)
	}
	j.row.WriteByte('}')
	j.rows++
	_, err := j.w.Write(j.row.Bytes())
	return err
}

// between is what stands before a row.
func (j *JSON) between() string {
	if j.rows == 0 {
		return "[\n{"
	}
	return ",\n{"
}

// Close ends the list.
func (j *JSON) Close() error {
	end := "\n]\n"
	if j.rows == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(j.w, end)
	return err
}
