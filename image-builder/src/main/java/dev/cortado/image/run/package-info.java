/** Running an image in QEMU. */
package dev.cortado.image.run;
