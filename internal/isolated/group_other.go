//go:build !unix

package isolated

import (
	"os"
	"os/exec"
)

func setApart(*exec.Cmd) {}

func killed(*os.ProcessState) bool { return false }
