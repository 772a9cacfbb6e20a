/**
 * Neighbour discovery (RFC 4861) and what a host makes of it by itself: addresses (RFC 4862, RFC
 * 7217), their check for duplicates, default routers.
 */
package dev.cortado.runtime.net.ndp;
