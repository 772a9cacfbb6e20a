/** Calls to Xen, and what Xen says of itself. */
package dev.cortado.drivers.xen.hypercall;
