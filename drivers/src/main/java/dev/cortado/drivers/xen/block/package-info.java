/** Disks of other domains (public/io/blkif.h). */
package dev.cortado.drivers.xen.block;
