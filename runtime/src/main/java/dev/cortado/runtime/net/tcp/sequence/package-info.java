/** Numbers that an attacker must not guess, and numbers that wrap: RFC 9293 3.4, 6528, 6056. */
package dev.cortado.runtime.net.tcp.sequence;
