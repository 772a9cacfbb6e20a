/** Rings of bytes in memory that two domains share, written by one and read by the other. */
package dev.cortado.drivers.xen.ring;
