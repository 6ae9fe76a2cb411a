#!/bin/sh
# Has programs of others check the formats that Pullquote exports, in every
# citation style: the Nu HTML checker and html-validate, LibreOffice, poppler, biber, citation.js,
# Better BibTeX's parser, and the schema of CSL-JSON. doc/EXPORTS.md has what they said.
#
# Needs node with npm, java, soffice, pdftotext and biber
# (Debian: npm default-jre-headless libreoffice-writer-nogui poppler-utils biber).
# CSL_SCHEMA is csl-data.json of github.com/citation-style-language/schema; without it, it is fetched.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/exports"
go test ./internal/export -count=1 -run 'TestGolden' -keep "$work/exports"

if [ -n "${CSL_SCHEMA:-}" ]; then
	cp "$CSL_SCHEMA" "$work/csl-data.json"
else
	curl -fsSLo "$work/csl-data.json" https://raw.githubusercontent.com/citation-style-language/schema/v1.0.2/schemas/input/csl-data.json
fi
cp scripts/check-exports.mjs "$work"
cd "$work"
echo '{"private": true}' >package.json
npm install --silent --no-audit --no-fund \
	html-validate@10 vnu-jar@26 ajv@8 ajv-formats@3 citeproc@2 @citation-js/core@0.7 @citation-js/plugin-ris@0.7 @retorquere/bibtex-parser@9 >&2

echo "HTML: Nu HTML checker"
java -jar node_modules/vnu-jar/build/dist/vnu.jar exports/*.html
echo "HTML: html-validate"
npx html-validate --preset standard exports/*.html

echo "Word: LibreOffice"
soffice --headless -env:UserInstallation="file://$work/office" --convert-to pdf --outdir office exports/*.docx >/dev/null 2>&1
for file in office/*.pdf exports/*.pdf; do
	pdftotext -layout -enc UTF-8 "$file" "$file.txt"
done

echo "BibLaTeX: biber"
for file in exports/*.bib; do
	biber --tool --validate-datamodel --quiet --output-file /dev/null "$file"
done

node check-exports.mjs exports office csl-data.json
