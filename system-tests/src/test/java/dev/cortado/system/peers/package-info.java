/**
 * Guests beside other operating systems, their servers and their tools: hostile and heavy peers, a
 * Linux at the other end of a bad wire, and address servers of this host.
 */
package dev.cortado.system.peers;
