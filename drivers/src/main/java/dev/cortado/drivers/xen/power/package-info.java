/** How a domain gives its CPU back: for a moment, and for good. */
package dev.cortado.drivers.xen.power;
