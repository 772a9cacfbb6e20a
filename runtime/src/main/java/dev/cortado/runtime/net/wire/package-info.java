/**
 * The layouts of the protocols: where a field is, and what a packet has to be to have it. A
 * packet's length is checked once, by the method {@code check} of its class; after that fields are
 * read by their names. Methods take the memory, the offset of the header in it and, where it
 * matters, the number of bytes that there are; they allocate nothing and keep nothing. All memory
 * is big-endian and accessed absolutely.
 */
package dev.cortado.runtime.net.wire;
