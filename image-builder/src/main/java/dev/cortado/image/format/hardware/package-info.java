/** The machine that descriptors ask for. */
package dev.cortado.image.format.hardware;
