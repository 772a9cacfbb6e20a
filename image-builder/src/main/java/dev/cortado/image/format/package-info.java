/** Files that images are brought to hypervisors in: written from an image, and read back. */
package dev.cortado.image.format;
