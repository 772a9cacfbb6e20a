/** Which drivers are in an image, and why. */
package dev.cortado.drivers.registry;
