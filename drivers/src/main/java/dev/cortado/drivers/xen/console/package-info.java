/** The console that a domain shares with the tool stack: what {@code xl console} shows. */
package dev.cortado.drivers.xen.console;
