package isolated

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"
)

// Serve is the process of one file: it reads what Reader sends, and answers. It ends when its
// standard input does, since then nobody waits for it.
func Serve(ctx context.Context, stdin io.Reader, stdout io.Writer) error {
	if err := limit(); err != nil {
		return err
	}
	in := bufio.NewReader(stdin)
	line, err := in.ReadBytes('\n')
	if err != nil {
		return err
	}
	var asked request
	if err := json.Unmarshal(line, &asked); err != nil {
		return err
	}
	file := make([]byte, asked.Size)
	if _, err := io.ReadFull(in, file); err != nil {
		return err
	}
	go func() {
		_, _ = in.ReadByte()
		os.Exit(1)
	}()
	answer, err := asked.do(ctx, file)
	if err != nil {
		return err
	}
	return json.NewEncoder(stdout).Encode(answer)
}
