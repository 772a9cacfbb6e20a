/** What QEMU's machines have. */
package dev.cortado.image.qemu;
