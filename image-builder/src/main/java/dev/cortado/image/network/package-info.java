/** The network of a guest: what is asked for, checked on the host, and told to QEMU. */
package dev.cortado.image.network;
