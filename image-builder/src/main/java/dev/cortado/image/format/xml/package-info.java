/** XML of descriptors, written and read. */
package dev.cortado.image.format.xml;
