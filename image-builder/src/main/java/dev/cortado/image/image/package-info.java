/**
 * Guest images: as values, as ELF files with a manifest and checksums, and the files beside them.
 */
package dev.cortado.image.image;
