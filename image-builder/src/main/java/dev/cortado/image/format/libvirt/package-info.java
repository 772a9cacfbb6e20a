/** Domains of libvirt's (libvirt, Domain XML format). */
package dev.cortado.image.format.libvirt;
