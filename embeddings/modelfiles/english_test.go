package modelfiles_test

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/modelfiles"
)

// A model of embeddings that reads English alone is known as such by the name of its
// vectors' space, which begins with its own.
func TestEnglish(t *testing.T) {
	for _, known := range modelfiles.Catalogue() {
		if !strings.Contains(known.Use, "embeddings") {
			continue
		}
		if want := strings.Contains(known.Use, "English"); (embeddings.Model{Name: known.Name + "-53aa51172d14-int8"}).English() != want {
			t.Errorf("%s reads English alone: %v", known.Name, !want)
		}
	}
}
