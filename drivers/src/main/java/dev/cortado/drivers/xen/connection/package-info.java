/**
 * Connections of messages between two domains: how they are found, offered and accepted through
 * xenstore, and what lies in the pages that both see. {@link dev.cortado.drivers.xen.ipc} is what
 * programs use.
 */
package dev.cortado.drivers.xen.connection;
