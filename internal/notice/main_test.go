package notice_test

import (
	"testing"

	"ahpfaculty/internal/postgres/postgrestest"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }
