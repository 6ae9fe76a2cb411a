package content

import (
	"context"
	"io"
)

// stride is how many lines, cues or rows are read between two looks at the context:
// rarely enough to cost nothing, often enough to end within milliseconds.
const stride = 1 << 10

// Ended reports whether the context of a loop, which is at its n-th round, has ended.
// It looks only now and then.
func Ended(ctx context.Context, n int) bool { return n%stride == 0 && ctx.Err() != nil }

// Reader reads from r until the context ends, whose error it then returns. It lets
// whoever leaves end the work of a library that knows no context.
func Reader(ctx context.Context, r io.Reader) io.Reader { return reader{ctx, r} }

type reader struct {
	ctx  context.Context
	from io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	const most = 64 << 10 // bytes between two looks
	return r.from.Read(p[:min(len(p), most)])
}
