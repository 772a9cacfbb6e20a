/**
 * Packets in memory: a fixed number of buffers, each of a fixed size, which never move and which
 * devices may see. Taking and giving back allocates nothing and never waits.
 */
package dev.cortado.runtime.net.buffer;
