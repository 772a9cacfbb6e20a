/** IPv4 and IPv6: addresses, routes, headers, fragments. */
package dev.cortado.runtime.net.ip;
