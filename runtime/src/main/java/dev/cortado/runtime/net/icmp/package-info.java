/** ICMP of both IPs: echoes, and errors in both directions. */
package dev.cortado.runtime.net.icmp;
