/** What hostile and heavy peers make of a guest's network, and what the guest says of that. */
package dev.cortado.system.peers;
