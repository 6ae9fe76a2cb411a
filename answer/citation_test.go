package answer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestCitationIsMadeInOnePlace reads the package: a second literal would be a way
// for words that are not the record's to become a quotation.
func TestCitationIsMadeInOnePlace(t *testing.T) {
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var makers []string
	for _, path := range paths {
		if !strings.HasSuffix(path, "_test.go") {
			makers = append(makers, citationMakers(t, path)...)
		}
	}
	if want := []string{"citation.go: cite"}; !slices.Equal(makers, want) {
		t.Errorf("citations are made in %q; want %q", makers, want)
	}
}

// citationMakers are the functions of a file that have a literal of a Citation,
// once for each literal.
func citationMakers(t *testing.T, path string) (makers []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, declaration := range file.Decls {
		name := ""
		if f, isFunc := declaration.(*ast.FuncDecl); isFunc {
			name = f.Name.Name
		}
		ast.Inspect(declaration, func(n ast.Node) bool {
			if literal, is := n.(*ast.CompositeLit); is && makesCitation(literal) {
				makers = append(makers, path+": "+name)
			}
			return true
		})
	}
	return makers
}

// makesCitation reports whether a literal is a Citation, or a list that is not empty.
func makesCitation(literal *ast.CompositeLit) bool {
	made := literal.Type
	if list, is := made.(*ast.ArrayType); is && len(literal.Elts) > 0 {
		made = list.Elt
	}
	name, is := made.(*ast.Ident)
	return is && name.Name == "Citation"
}
