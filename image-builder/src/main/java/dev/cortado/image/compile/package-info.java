/**
 * The compiler step: GraalVM's native-image builder in a JVM of its own, with all that its driver
 * and a C compiler would otherwise do.
 */
package dev.cortado.image.compile;
