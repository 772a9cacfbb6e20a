/**
 * Links: what brings a packet to a neighbour. Ethernet with ARP, VLANs, loopback. IPv6's neighbours
 * are kept here too; its messages are ICMPv6's and thus above.
 */
package dev.cortado.runtime.net.link;
