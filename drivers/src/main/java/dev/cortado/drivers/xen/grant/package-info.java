/** Grant tables: memory that domains let each other use. */
package dev.cortado.drivers.xen.grant;
