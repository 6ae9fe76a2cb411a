package slackbot

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/fault"
)

// File is a file in a message.
type File struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	MediaType string `json:"mimetype"` // as Slack takes it to be
}

// maxFile is the largest file that is taken from Slack, in bytes: what a draft may have.
const maxFile = 20 << 20

// download is the content of a file, of at most limit bytes. Slack is asked about the
// file first: of one that was shared from another workspace a message has only the id.
// The token is sent to Slack alone, which the library sees to.
func (b *Bot) download(ctx context.Context, f File, limit int) ([]byte, error) {
	info, _, _, err := b.api.GetFileInfoContext(ctx, f.ID, 0, 0)
	switch {
	case refusedAs(err, "missing_scope"):
		return nil, fault.Wrap(err, fault.Unauthorized, "the app lacks the scope files:read; paste the present manifest into it and install it anew")
	case refusedAs(err, "file_not_found", "file_deleted", "not_visible", "access_denied", "no_permission"):
		return nil, fault.Wrap(err, fault.NotFound, "it is not there any more, or not for Pullquote to read")
	case err != nil:
		return nil, err
	case info.IsExternal:
		return nil, fault.New(fault.Unsupported, "it is kept outside of Slack")
	case info.Size > limit:
		return nil, fault.New(fault.TooLarge, "it is larger than %d MB", limit>>20)
	}
	content := bounded{limit: limit}
	err = b.api.GetFileContext(ctx, cmp.Or(info.URLPrivateDownload, info.URLPrivate), &content)
	switch {
	case errors.Is(err, errTooLong):
		return nil, fault.Wrap(err, fault.TooLarge, "it is larger than %d MB", limit>>20)
	case isPassing(err):
		return nil, err
	case err != nil:
		return nil, fault.Wrap(err, fault.Unauthorized, "Slack does not hand it out to Pullquote")
	case content.Len() != info.Size:
		return nil, fault.New(fault.Unavailable, "Slack has handed out %d of the file's %d bytes", content.Len(), info.Size)
	}
	return content.Bytes(), nil
}

// isPassing reports whether an error of a download may be gone at the next try.
func isPassing(err error) bool {
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		return status.Code >= http.StatusInternalServerError
	}
	_, transport := errors.AsType[*url.Error](err)
	return transport || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// bounded is a buffer that takes no more than limit bytes.
type bounded struct {
	bytes.Buffer
	limit int
}

var errTooLong = errors.New("the file is longer than Slack said")

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > b.limit {
		return 0, errTooLong
	}
	return b.Buffer.Write(p)
}
