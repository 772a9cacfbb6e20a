/** Servers and clients that others wrote, in guests and on HotSpot: what they do is the same. */
package dev.cortado.system.servers;
