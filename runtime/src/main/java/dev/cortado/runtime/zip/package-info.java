/**
 * The deflate format (RFC 1951) with or without the zlib wrapper (RFC 1950), both ways, and the
 * checksums that go with it. The gzip and zip wrappers are {@code java.util.zip}'s own.
 */
package dev.cortado.runtime.zip;
