/**
 * Addresses. On a packet's way they are an int (IPv4) or two longs (IPv6, and IPv4 as the
 * IPv4-mapped one); {@link dev.cortado.runtime.net.address.IpAddress} is for who configures and
 * asks.
 */
package dev.cortado.runtime.net.address;
