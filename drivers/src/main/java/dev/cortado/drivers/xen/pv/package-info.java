/**
 * A 64-bit PV domain of Xen: no privileged instruction, page tables that name machine frames and
 * that Xen writes, exceptions and events that Xen delivers.
 */
package dev.cortado.drivers.xen.pv;
