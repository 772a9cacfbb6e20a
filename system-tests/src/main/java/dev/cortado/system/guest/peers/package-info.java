/** What runs in a guest whose peer is another operating system. */
package dev.cortado.system.guest.peers;
