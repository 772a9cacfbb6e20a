/**
 * The Transmission Control Protocol (RFC 9293). README.md beside this file says what is
 * implemented, after which document, and what is left out.
 *
 * <p>{@link dev.cortado.runtime.net.tcp.TcpTransport} takes segments, finds their connections in
 * the {@link dev.cortado.runtime.net.tcp.ConnectionTable} and makes new ones; a {@link
 * dev.cortado.runtime.net.tcp.TcpConnection} is what a socket holds. A connection's lock is taken
 * before any other of the stack, is held for a segment or a call and never across a wait, and its
 * listener is told when it is not held.
 */
package dev.cortado.runtime.net.tcp;
