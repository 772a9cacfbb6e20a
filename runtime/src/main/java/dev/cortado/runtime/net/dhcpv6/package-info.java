/**
 * DHCPv6's client (RFC 8415): addresses, name servers and search lists, where routers say that a
 * server has them (RFC 4861, 4.2).
 */
package dev.cortado.runtime.net.dhcpv6;
