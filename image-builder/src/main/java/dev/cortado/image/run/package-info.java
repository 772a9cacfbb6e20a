/** Running an image in QEMU, or on Xen. */
package dev.cortado.image.run;
