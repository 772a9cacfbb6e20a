/**
 * Guests beside other operating systems and their servers: a Linux at the other end of a bad wire,
 * and address servers of this host. They take long, and are run with {@code -Dcortado.peers=true}.
 */
package dev.cortado.system.peers;
