/** Guests as domUs of real Xen, in dev.cortado.system.xen.lab. */
package dev.cortado.system.xen;
