/**
 * The microkernel as native-image's platform: one interface of the Java runtime a class. The only
 * package of this module that uses native-image's internals, apart from the annotation {@code
 * Uninterruptible}, which is on everything below a Java thread.
 */
package dev.cortado.kernel.substrate;
