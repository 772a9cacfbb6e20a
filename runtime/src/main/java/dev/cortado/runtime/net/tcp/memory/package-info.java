/** The bytes of a connection, between the program and the segments. */
package dev.cortado.runtime.net.tcp.memory;
