#!/bin/sh
# Builds pgvector for a Postgres of Debian's or Ubuntu's, from Debian's own
# source package, and installs it: for systems whose package is too old or that
# have none. setup.sh calls it, as root.
#
#   scripts/build-pgvector.sh MAJOR
#
# apt fetches the source and checks its signature, with lists in a folder of
# their own: the system's stay as they are. The newest source is tried first, for
# 0.8.2 and 0.8.4 mended faults that matter.
set -eu

major=$1
pg_config=/usr/lib/postgresql/$major/bin/pg_config
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fetch() {
	mkdir -p "$1" lists/partial cache/archives/partial
	cat >"$1.sources" <<-END
		Types: deb-src
		URIs: ${PULLQUOTE_DEBIAN_MIRROR:-http://deb.debian.org/debian}
		Suites: $1
		Components: main
		Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
	END
	set -- "$1" -qq -o APT::Sandbox::User=root -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" \
		-o Dir::Etc::SourceList="$work/$1.sources" -o Dir::Etc::SourceParts=-
	suite=$1
	shift
	(cd "$suite" && apt-get "$@" update && apt-get "$@" source --download-only pgvector && tar --strip-components=1 -xf pgvector_*.orig.tar.*)
}

# headers are those of the server. They are only unpacked: the package would
# bring a compiler of its own that is not needed here.
headers() {
	apt-get -qq -o APT::Sandbox::User=root download "postgresql-server-dev-$major"
	dpkg -x postgresql-server-dev-*.deb headers
}

# compile leaves out LLVM's copy, and instructions that only this processor may
# have.
compile() {
	make -s -C "$1" -j2 "PG_CONFIG=$pg_config" with_llvm=no OPTFLAGS= \
		"PG_CPPFLAGS=-I$work/headers/usr/include/postgresql/$major/server" all install
}

headers
for suite in forky trixie; do
	if fetch "$suite" && compile "$suite"; then exit 0; fi
done
echo "pgvector could not be built for Postgres $major" >&2
exit 1
