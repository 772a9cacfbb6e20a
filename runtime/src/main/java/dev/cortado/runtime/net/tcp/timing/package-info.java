/** What a connection knows of time: round trips (RFC 6298) and timestamps (RFC 7323). */
package dev.cortado.runtime.net.tcp.timing;
