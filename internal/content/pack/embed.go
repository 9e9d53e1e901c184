// Package pack is the default content: the files that a new portal starts with.
package pack

import "embed"

// Files holds the default content, in the form that content.Parse reads.
//
//go:embed *.yaml professions/*.md pages/*.md careers/*.md faculty/*.md strategies/*.yaml
var Files embed.FS
