/**
 * The guest's own network: the stack with its threads, the machine's devices under it, and the
 * addresses that they have from the command line, from DHCP and from routers.
 */
package dev.cortado.runtime.network;
