/** What dom0 does with a running domain: shuts it down, saves it, gives it more or less. */
package dev.cortado.drivers.xen.lifecycle;
