// Package bench measures the portal as people use it, on a database as large as
// one may become: docs/performance.md says what came of it.
package bench
