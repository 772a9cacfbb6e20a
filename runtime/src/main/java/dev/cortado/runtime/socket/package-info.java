/**
 * Sockets as open files: what Linux's calls do, over {@code runtime.net}. A file knows whether it
 * waits, who listens to it and how it is closed; the stack below never waits.
 *
 * <p>Locks: a socket's lock guards its state and is what its callers wait on. It is not held when
 * the stack is called in a way that may tell the socket's listener, and the stack tells without any
 * of its own; so neither stands before the other.
 */
package dev.cortado.runtime.socket;
