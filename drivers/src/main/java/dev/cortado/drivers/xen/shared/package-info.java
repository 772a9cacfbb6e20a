/** Pages that Xen, or its tool stack, shares with the domain from its start. */
package dev.cortado.drivers.xen.shared;
