/**
 * The relocatable object, the one thing that compilers and assemblers produce and the linker reads:
 * sections, symbols and relocations, without the file format around them.
 *
 * <p>Values are immutable by agreement: the byte array of a {@link dev.cortado.boot.object.Section}
 * is shared, not copied, because a compiled image heap has megabytes. Nobody writes to it after the
 * section was made.
 */
package dev.cortado.boot.object;
