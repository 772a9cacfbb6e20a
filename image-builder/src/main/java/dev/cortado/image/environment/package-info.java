/** The environment variables that an image is built with, or that a guest is started with. */
package dev.cortado.image.environment;
