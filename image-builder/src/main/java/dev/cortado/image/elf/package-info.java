/**
 * The ELF-64 file format, reading and writing: headers, sections, notes, and relocatable objects.
 * Everything read from a file is checked against the file's size before it is used.
 */
package dev.cortado.image.elf;
