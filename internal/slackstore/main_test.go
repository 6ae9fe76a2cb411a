package slackstore_test

import (
	"testing"

	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }
