/** The start of a domain: which of its devices is the console, and what Xen has to offer. */
package dev.cortado.drivers.xen.start;
