/**
 * What boot code, linker and kernel must agree on: addresses, layouts of structures in memory,
 * names of symbols.
 *
 * <p>Everything here is a {@code static final} primitive or string, so that javac copies it into
 * the kernel's class files and annotations, and no class of this package is needed in a guest.
 */
package dev.cortado.boot.layout;
