// Package migrations is the schema of the database, as SQL files that goose
// applies in order, and the rights of the role that serves.
package migrations

import "embed"

// Files are the numbered migrations.
//
//go:embed 0*.sql
var Files embed.FS

// Grants gives the serving role its rights; it runs after every migration and
// reads the role's name from the setting portal.serving_role.
//
//go:embed grants.sql
var Grants string
