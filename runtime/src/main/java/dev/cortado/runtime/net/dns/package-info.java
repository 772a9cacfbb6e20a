/** Names into addresses: a stub resolver (RFC 1034, 5.3.1). */
package dev.cortado.runtime.net.dns;
