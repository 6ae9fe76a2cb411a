//go:build ignore

// Pack writes the installed default model to the folder that a build with the tag
// embedmodel takes in:
//
//	go run pack.go DATA_DIRECTORY/models
package main

import (
	"context"
	"log"
	"os"

	"github.com/pullquote/pullquote/embeddings/embedded"
	"github.com/pullquote/pullquote/embeddings/modelfiles"
)

func main() {
	installed, err := modelfiles.New(os.Args[1], modelfiles.Sources{}).Open(modelfiles.Default)
	if err != nil {
		log.Fatal(err)
	}
	defer installed.Close()
	if err := embedded.Pack(context.Background(), installed, "model"); err != nil {
		log.Fatal(err)
	}
}
