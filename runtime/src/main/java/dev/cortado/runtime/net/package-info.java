/**
 * A TCP/IP stack. It uses nothing of the JDK's networking, of the kernel and of drivers: a device
 * is a {@code link.FrameDevice}, time is an argument, memory is a {@link
 * dev.cortado.runtime.net.buffer.PacketPool}. README.md beside this file says which documents it
 * follows, and what is left out.
 *
 * <p>Threads: each receive queue of a device has one service thread, which runs a frame from the
 * link to the socket before it takes the next. Senders send from their own thread, down to the
 * device. One thread, which may be one of the former, runs the timers.
 *
 * <p>Locks are ReentrantLocks, one an object, and none is held across a wait. Who holds one may
 * take those that stand behind it, never one before it:
 *
 * <pre>
 *     1  of TCP a half-open connection's, then its listener's, then a connection's; that of a
 *        connection in TIME-WAIT; a UDP socket's, and that of its groups; a DHCP client's, then
 *        autoconfiguration's; a resolver's
 *     2  a transport's table of sockets; that of those in TIME-WAIT, then TCP's of connections;
 *        a reporter's of groups
 *     3  the IP layer's: routes, path MTUs, reassembly
 *     4  an interface's: addresses; then its neighbours
 *     5  a device's transmit queue
 *     6  the timers'
 * </pre>
 *
 * <p>So a frame goes up without any of 3 to 5 held when a transport is called, and an object never
 * calls back somebody above it while it holds its lock.
 */
package dev.cortado.runtime.net;
