/**
 * {@code java.lang.foreign}: what GraalVM's own module for it, which is not on Maven Central, would
 * do for memory. Segments of every kind are read and written, and arenas of every kind are closed.
 *
 * <p>Left out: calls to and from native code, of which an image has none. They end in an {@link
 * java.lang.UnsupportedOperationException}, and no library and no symbol is ever found.
 */
package dev.cortado.runtime.jdk.foreign;
