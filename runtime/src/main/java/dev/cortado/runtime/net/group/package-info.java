/**
 * Tells routers and switches which multicast groups we are in: IGMP (RFC 3376, with RFC 2236 and
 * RFC 1112 for older queriers) and multicast listener discovery (RFC 3810, with RFC 2710), which
 * are one protocol with addresses of two lengths. An interface has a {@link
 * dev.cortado.runtime.net.group.GroupReporter} for each of them.
 */
package dev.cortado.runtime.net.group;
