# syntax=docker/dockerfile:1

# The program is one static file; the image holds that, certificates and time
# zones, and runs as a user without rights. It brings no Postgres: DATABASE_URL
# says where one is.

FROM --platform=$BUILDPLATFORM golang:1.26-trixie AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG TARGETOS TARGETARCH VERSION=unknown
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
	go build -trimpath -ldflags "-s -w -X main.version=$VERSION" -o /pullquote ./cmd/pullquote

# For backups: the program, and the programs of Postgres that it runs for them, of the version
# that docker-compose.yml has.
FROM pgvector/pgvector:0.8.5-pg17 AS backup
COPY --from=build /pullquote /usr/local/bin/pullquote
ENTRYPOINT ["/usr/local/bin/pullquote"]
CMD ["help"]

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /pullquote /pullquote
COPY LICENSE packaging/LICENCES.txt /
ENV PULLQUOTE_ADDR=0.0.0.0:8080
EXPOSE 8080
# There is no shell or curl here: the program asks its own /readyz.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
	CMD ["/pullquote", "doctor", "--server"]
ENTRYPOINT ["/pullquote"]
CMD ["serve"]
