/** Event channels: Xen's interrupts, from other domains, other CPUs and Xen itself. */
package dev.cortado.drivers.xen.event;
