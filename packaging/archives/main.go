// Archives builds what a release is made of: for each platform an archive of the program with its
// licences and a bill of materials (CycloneDX), and the SHA-256 sums of all. The same commit makes the
// same bytes: the toolchain is pinned, and nothing of when, where and by whom they were built is in them.
//
//	go run ./packaging/archives -version v1.2.3 -time 1767225600 -out dist
package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// pinned is the Go that releases are built with, whatever is installed: it brings the standard
// library, of which doc/DEPENDENCIES.md says from which version on no advisory is known.
const pinned = "go1.26.11"

// file is a file of an archive.
type file struct {
	name    string
	content []byte
	program bool
}

// build is one run.
type build struct {
	version, out string
	toolchain    string    // of Go
	at           time.Time // of every file
	sums         []string
}

func main() {
	var b build
	flag.StringVar(&b.version, "version", "", "the `version` of the program")
	flag.StringVar(&b.out, "out", "dist", "the `folder` that the archives are written to")
	flag.StringVar(&b.toolchain, "toolchain", pinned, "the `version` of Go, or local for the one that is installed")
	seconds := flag.Int64("time", 0, "the time of all files, in `seconds` since 1970: that of the commit")
	platforms := flag.String("platforms", "linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64", "what to build for, a `list`")
	flag.Parse()
	b.at = time.Unix(*seconds, 0).UTC()
	if err := b.run(strings.Fields(*platforms)); err != nil {
		fmt.Fprintln(os.Stderr, "archives:", err)
		os.Exit(1)
	}
}

func (b *build) run(platforms []string) error {
	if err := os.MkdirAll(b.out, 0o755); err != nil {
		return err
	}
	for _, platform := range platforms {
		if err := b.archive(platform); err != nil {
			return fmt.Errorf("%s: %w", platform, err)
		}
	}
	slices.Sort(b.sums)
	return os.WriteFile(filepath.Join(b.out, "SHA256SUMS"), []byte(strings.Join(b.sums, "")), 0o644)
}

// archive writes the archive of a platform, and its bill of materials beside it.
func (b *build) archive(platform string) error {
	system, processor, _ := strings.Cut(platform, "/")
	name := fmt.Sprintf("pullquote_%s_%s_%s", b.version, system, processor)
	program := "pullquote"
	if system == "windows" {
		program += ".exe"
	}
	binary, materials, err := b.compile(system, processor, program)
	if err != nil {
		return err
	}
	files := []file{{program, binary, true}, {"pullquote.cdx.json", materials, false}}
	for _, path := range []string{"README.md", "LICENSE", "packaging/LICENCES.txt", "packaging/pullquote.service"} {
		if strings.HasSuffix(path, ".service") && system != "linux" {
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files = append(files, file{filepath.Base(path), content, false})
	}
	pack, ending := b.tar, ".tar.gz"
	if system == "windows" {
		pack, ending = b.zip, ".zip"
	}
	packed, err := pack(name, files)
	if err != nil {
		return err
	}
	if err := b.write(name+ending, packed); err != nil {
		return err
	}
	return b.write(name+".cdx.json", materials)
}

// compile builds the program, and tells what it is made of.
func (b *build) compile(system, processor, program string) (binary, materials []byte, err error) {
	dir, err := os.MkdirTemp("", "pullquote-archives-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, program)
	env := append(os.Environ(), "GOFLAGS=", "GOTOOLCHAIN="+b.toolchain, "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+processor, "GOAMD64=v1", "GOARM64=v8.0")
	err = run(env, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -X main.version="+b.version, "-o", path, "./cmd/pullquote")
	if err != nil {
		return nil, nil, err
	}
	bill := path + ".cdx.json"
	err = run(append(os.Environ(), "GOTOOLCHAIN="+b.toolchain), "go", "tool", "-modfile=tools/go.mod", "cyclonedx-gomod", "bin",
		"-json", "-std", "-noserial", "-notimestamp", "-version", b.version, "-output", bill, path)
	if err != nil {
		return nil, nil, err
	}
	if binary, err = os.ReadFile(path); err != nil {
		return nil, nil, err
	}
	materials, err = os.ReadFile(bill)
	return binary, materials, err
}

func run(env []string, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Env = env
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, args[0], err, output)
	}
	return nil
}

func (b *build) write(name string, content []byte) error {
	b.sums = append(b.sums, fmt.Sprintf("%x  %s\n", sha256.Sum256(content), name))
	return os.WriteFile(filepath.Join(b.out, name), content, 0o644)
}

func (b *build) tar(folder string, files []file) ([]byte, error) {
	var packed bytes.Buffer
	compressed, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	w := tar.NewWriter(compressed)
	for _, f := range files {
		mode := int64(0o644)
		if f.program {
			mode = 0o755
		}
		err := w.WriteHeader(&tar.Header{Name: folder + "/" + f.name, Mode: mode, Size: int64(len(f.content)), ModTime: b.at, Format: tar.FormatUSTAR})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.content); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	err = compressed.Close()
	return packed.Bytes(), err
}

func (b *build) zip(folder string, files []file) ([]byte, error) {
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for _, f := range files {
		entry, err := w.CreateHeader(&zip.FileHeader{Name: folder + "/" + f.name, Method: zip.Deflate, Modified: b.at})
		if err != nil {
			return nil, err
		}
		if _, err := entry.Write(f.content); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return packed.Bytes(), err
}
