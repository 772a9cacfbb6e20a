/** Bytes of disks and files: read piece by piece and checked, written with holes. */
package dev.cortado.image.format.bytes;
