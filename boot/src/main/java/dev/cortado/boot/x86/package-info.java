/**
 * An assembler for x86 in 16, 32 and 64-bit mode, with just the instructions that boot code needs.
 *
 * <p>Instructions go by their names in the Intel SDM, volume 2, whose encodings they follow;
 * operands are in Intel's order, destination first. An operand that has no encoding is an {@link
 * java.lang.IllegalArgumentException} when the code is assembled, never wrong code.
 */
package dev.cortado.boot.x86;
