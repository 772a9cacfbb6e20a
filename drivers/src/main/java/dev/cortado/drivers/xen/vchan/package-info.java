/** Streams of bytes to programs that use libxenvchan (public/io/libxenvchan.h). */
package dev.cortado.drivers.xen.vchan;
