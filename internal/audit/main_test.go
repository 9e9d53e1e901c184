package audit

import (
	"testing"

	"ahpfaculty/internal/postgres/postgrestest"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }
