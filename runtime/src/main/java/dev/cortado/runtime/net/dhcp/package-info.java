/** DHCP for IPv4: an interface's address, from who gives them out. */
package dev.cortado.runtime.net.dhcp;
