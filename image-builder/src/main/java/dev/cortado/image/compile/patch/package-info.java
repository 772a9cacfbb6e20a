/**
 * Changes classes of the JVM that compiles, so that the same inputs give the same image. All
 * changes are rows of {@link dev.cortado.image.compile.patch.PatchTable}; what they call is Java,
 * in this module's {@code src/base}, {@code src/jvmci} and {@code src/overlay}.
 */
package dev.cortado.image.compile.patch;
