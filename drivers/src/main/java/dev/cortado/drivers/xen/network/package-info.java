/**
 * Network devices of other domains (public/io/netif.h). Backends are trusted with packets: a buffer
 * stays granted, to be written to, from its first use to the end of the connection, whoever has it.
 * They are not trusted with anything else.
 */
package dev.cortado.drivers.xen.network;
