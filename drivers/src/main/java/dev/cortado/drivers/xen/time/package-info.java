/** Xen's time, and its timers. */
package dev.cortado.drivers.xen.time;
