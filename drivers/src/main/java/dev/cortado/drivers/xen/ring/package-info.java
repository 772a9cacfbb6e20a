/** Rings in memory that two domains share: of bytes, and of requests with their responses. */
package dev.cortado.drivers.xen.ring;
