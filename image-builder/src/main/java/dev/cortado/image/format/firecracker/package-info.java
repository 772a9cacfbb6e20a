/** Machines of Firecracker's (Firecracker, "Getting started", configuration file). */
package dev.cortado.image.format.firecracker;
