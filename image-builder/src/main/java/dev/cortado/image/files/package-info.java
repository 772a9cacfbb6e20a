/**
 * Directories that become part of an image: which are wanted where, and what is in them. The
 * guest's features read the files themselves, by the listing that is made here.
 */
package dev.cortado.image.files;
