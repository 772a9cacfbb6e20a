/** How much may be under way: NewReno (RFC 5681, 6582), CUBIC (RFC 9438), PRR (RFC 6937). */
package dev.cortado.runtime.net.tcp.congestion;
