package transcript

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestZZNeg(t *testing.T) {
	n, k := 0, 0
	for _, name := range []string{"train", "val"} {
		f, _ := os.Open("../../shared/data/qmsum/" + name + ".jsonl.gz")
		g, _ := gzip.NewReader(f)
		sc := bufio.NewScanner(g)
		sc.Buffer(nil, 1<<26)
		for sc.Scan() {
			var m struct {
				Turns []struct{ Speaker, Text string }
			}
			json.Unmarshal(sc.Bytes(), &m)
			for _, u := range m.Turns {
				n++
				if in, ok := introduced(u.Text); ok {
					k++
					fmt.Printf("%s | %s | %.110s\n", in.name, in.affiliation, u.Text)
				}
			}
		}
	}
	files, _ := filepath.Glob("../../shared/wild/turns/*.jsonl")
	for _, file := range files {
		f, _ := os.Open(file)
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 1<<26)
		for sc.Scan() {
			var u struct{ Text string }
			json.Unmarshal(sc.Bytes(), &u)
			n++
			if in, ok := introduced(u.Text); ok {
				k++
				fmt.Printf("W %s | %s | %.110s\n", in.name, in.affiliation, u.Text)
			}
		}
	}
	fmt.Println(n, k)
}
