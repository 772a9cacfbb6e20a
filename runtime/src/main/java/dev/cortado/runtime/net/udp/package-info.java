/**
 * UDP (RFC 768): sockets that wait for nothing. Who wants to wait listens ({@link
 * dev.cortado.runtime.net.udp.UdpListener}) and comes back.
 */
package dev.cortado.runtime.net.udp;
