package foreign

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

func TestRefusals(t *testing.T) {
	const owner = "\x08Jane Roe\x00"
	for _, tt := range []struct{ name, filename, data, message string }{
		{"a picture", "pier.jpg", "\xFF\xD8\xFF\xE0\x00\x10JFIF", "this is a picture, which is not read; run OCR on it"},
		{"a picture called a text", "pier.txt", "\x89PNG\r\n\x1A\n", "this is a picture"},
		{"a picture that is damaged", "pier.PNG", "\xf3\x91\xd9", "this is a picture, which is not read; run OCR on it"},
		{"a bitmap", "", "BM\x36\x10\x0E\x00\x00\x00\x00\x00\x36", "this is a picture"},
		{"sound", "", "ID3\x03 and more", "this is a sound file, which is not read; have it transcribed"},
		{"sound of a telephone", "memo.m4a", "\x00\x00\x00\x1CftypM4A \x00", "this is a sound file"},
		{"a film", "", "\x00\x00\x00\x18ftypmp42\x00", "this is a film"},
		{"a gzip archive", "transcripts.tgz", "\x1F\x8B\x08\x00", "this is an archive, which is not read; unpack it"},
		{"a tar archive", "", "briefing.txt" + strings.Repeat("\x00", 245) + "ustar", "this is an archive"},
		{"RTF", "", `{\rtf1\ansi JANE ROE: It held.}`, "this is RTF, which is not read; save it as .docx"},
		{"a program", "", "\x7FELF\x02\x01", "this is a program"},
		{"a script", "", "#!/bin/sh\necho JANE ROE: It held.\n", "this is source code"},
		{"source code", "harbour.go", "package harbour\n", "this is source code, which is not read; if it is a transcript all the same, name it .txt"},
		{"Word's lock file", "~$briefing.docx", owner, "this is an office program's lock file, which is not read; give the document itself"},
		{"LibreOffice's lock file", ".~lock.briefing.odt#", ",roe,quay,01.02.2031 10:00,file:///home/roe;", "office program's lock file"},
		{"what macOS keeps of a file", "._briefing.docx", "\x00\x05\x16\x07\x00\x02", "a file of the system's own, which is not read; give the document without ._"},
		{"what macOS keeps of a folder", ".DS_Store", "\x00\x00\x00\x01Bud1", "a file of the system's own"},
		{"what Windows keeps of a folder", `C:\archive\Thumbs.db`, "\xD0\xCF\x11\xE0", "a file of the system's own"},
		{"an e-mail", "", "Received: from quay\r\n by harbour\r\nFrom: Jane Roe\r\nSubject: The gate\r\n\r\nJOHN POE: It held.\r\n", "this is an e-mail"},
		{"a mailbox", "", "From roe@quay Mon Jan 1 2031\nMessage-ID: <1@quay>\nTo: John Poe\n\nIt held.\n", "this is an e-mail"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := Refuse([]byte(tt.data), content.Options{Filename: tt.filename})
			containertest.Refused(t, err, "unsupported", tt.message)
		})
	}
}

func TestWhatMayBeATranscriptIsNotRefused(t *testing.T) {
	for _, tt := range []struct{ name, filename, kind, data string }{
		{"labels of two letters", "", "", "BM: Did it hold?\n\nMZ: It held.\n"},
		{"a document that is called like a lock file", "~$briefing.txt", "", strings.Repeat("JANE ROE: It held.\n", 100)},
		{"a printed e-mail", "", "", "From: Jane Roe\nTo: John Poe\nSubject: The gate\n\nDid it hold?\n"},
		{"source code by name, asked for as text", "harbour.m", "text", "JANE ROE: It held.\n"},
		{"an empty file", "", "", ""},
	} {
		err := Refuse([]byte(tt.data), content.Options{Filename: tt.filename, Kind: tt.kind})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
