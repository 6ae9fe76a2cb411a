package container

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

func TestOpenRefuses(t *testing.T) {
	for _, tt := range []struct{ name, data, kind, code, message string }{
		{"XML without speeches", "<?xml version='1.0'?>\n<book><p>Night.</p></book>", "", "invalid", "the XML has no speeches"},
		{"XML that breaks off", "<?xml version='1.0'?>\n<debate>\n<speech by='#a'><p>Yes", "", "invalid", "malformed in line 3"},
		{"nested XML", "<?xml version='1.0'?>" + strings.Repeat("<a>", 300), "", "invalid", "nested more than 256 deep"},
		{"XML with entities", `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><speech by="#x">&c;</speech>`, "",
			"unsupported", "declares entities of its own"},
		{"XML with an entity that nobody declares", `<?xml version="1.0"?><speech by="#x">&c;</speech>`, "", "invalid", "malformed in line 1"},
		{"an old Office file that is cut off", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x00", "", "invalid", "ends early"},
		{"a container that does not exist", "words", "opera", "invalid", `no container "opera"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Open([]byte(tt.data), content.Options{Kind: tt.kind})
			containertest.Refused(t, err, tt.code, tt.message)
		})
	}
}
