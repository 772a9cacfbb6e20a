/** What our halves of Xen's split devices are made of. */
package dev.cortado.drivers.xen.frontend;
